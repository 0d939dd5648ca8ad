#include "net/linger.hpp"

#include <array>

#include "net/deadline.hpp"

namespace placette::net {

namespace {

constexpr std::chrono::seconds lingerTime{5};
constexpr std::size_t lingerBytes = 4 * 1024 * 1024;

}  // namespace

Awaitable<void> linger(Socket& socket) {
    ErrorCode ignored;
    socket.shutdown(Socket::shutdown_send, ignored);
    Deadline deadline(socket);
    deadline.within(lingerTime);
    std::array<char, 4096> unread;
    for (std::size_t total = 0; total < lingerBytes;) {
        auto [error, size] = co_await socket.async_read_some(asio::buffer(unread), asTuple);
        if (error) break;
        total += size;
    }
    socket.close(ignored);
}

}  // namespace placette::net
