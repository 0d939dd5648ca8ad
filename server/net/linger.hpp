// How a connection ends whose peer may still be sending: a socket closed on unread bytes resets the
// connection, and the peer may lose our last words.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/beast/core/role.hpp>
#include <utility>

#include "net/types.hpp"

namespace placette::net {

// Says that nothing more comes, reads on until the peer has ended too (for 5 s and 4 MiB at most), and
// closes.
Awaitable<void> linger(Socket&);

// Beast ends a WebSocket by async_teardown, found by the type of its socket; the one for plain sockets does
// not linger.
class LingeringSocket : public Socket {
public:
    explicit LingeringSocket(Socket socket) : Socket(std::move(socket)) {}
};

template <class Handler>
void async_teardown(beast::role_type, LingeringSocket& socket, Handler&& handler) {
    asio::co_spawn(
        socket.get_executor(), linger(socket),
        [handler = std::forward<Handler>(handler)](std::exception_ptr) mutable { handler(ErrorCode()); });
}

}  // namespace placette::net
