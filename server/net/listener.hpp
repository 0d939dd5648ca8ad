// Accepts connections on one worker thread. Each thread has its own acceptor on the same port (SO_REUSEPORT):
// the kernel spreads connections over them.
#pragma once

#include <memory>
#include <string>
#include <tl/expected.hpp>

#include "net/address_limit.hpp"
#include "net/site.hpp"
#include "net/types.hpp"

namespace placette::net {

// "127.0.0.1:8080", "[::1]:8080", "localhost:8080"; no other names. The error is for the operator.
tl::expected<tcp::endpoint, std::string> parseListen(const std::string& address);

// A free bind without SO_REUSEPORT first: a second server must not share the port unseen. Port 0 becomes a
// free one. Throws std::runtime_error where the address cannot be had.
tcp::endpoint claim(const std::string& address);

class Listener {
public:
    Listener(asio::io_context&, const tcp::endpoint&, Site&);

    void start();
    void stop();  // on the worker's thread

private:
    Awaitable<void> accept();
    std::optional<AddressLimit::Ticket> ticketOf(const Address&);

    Site& site_;
    Acceptor acceptor_;
};

}  // namespace placette::net
