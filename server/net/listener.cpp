#include "net/listener.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <charconv>
#include <stdexcept>

#include "net/failure.hpp"
#include "net/http_connection.hpp"
#include "net/peer.hpp"
#include "net/reuse_port.hpp"
#include "redis/timer.hpp"

namespace placette::net {

tl::expected<tcp::endpoint, std::string> parseListen(const std::string& address) {
    const auto wrong = [&](const char* what) {
        return tl::unexpected(address + ": " + what + "; it takes ADDRESS:PORT, e.g. 127.0.0.1:8080");
    };
    const auto colon = address.rfind(':');
    if (colon == std::string::npos) return wrong("there is no port");
    auto host = address.substr(0, colon);
    const auto port = address.substr(colon + 1);
    const bool bracketed = host.starts_with('[') && host.ends_with(']');
    if (bracketed) host = host.substr(1, host.size() - 2);
    std::uint16_t number = 0;
    const auto read = std::from_chars(port.data(), port.data() + port.size(), number);
    if (read.ec != std::errc() || read.ptr != port.data() + port.size())
        return wrong("the port is none of 0 to 65535");
    ErrorCode error;
    const auto ip = asio::ip::make_address(host == "localhost" ? "127.0.0.1" : host, error);
    if (error) return wrong("the address is none of this machine's");
    if (ip.is_v6() != bracketed) return wrong("an IPv6 address stands in brackets, and no other does");
    return tcp::endpoint(ip, number);
}

tcp::endpoint claim(const std::string& address) {
    const auto parsed = parseListen(address);
    if (!parsed) throw std::runtime_error("--listen " + parsed.error());
    try {
        const auto& wanted = *parsed;
        asio::io_context context;
        asio::ip::tcp::acceptor trial(context);
        trial.open(wanted.protocol());
        trial.set_option(asio::socket_base::reuse_address(true));
        trial.bind(wanted);
        trial.listen(1);
        return trial.local_endpoint();
    } catch (const std::exception& error) {
        throw std::runtime_error("cannot listen on " + address + ": " + error.what());
    }
}

Listener::Listener(asio::io_context& context, const tcp::endpoint& endpoint, Site& site)
    : site_(site), acceptor_(context) {
    acceptor_.open(endpoint.protocol());
    acceptor_.set_option(asio::socket_base::reuse_address(true));
    acceptor_.set_option(ReusePort(true));
    acceptor_.bind(endpoint);
    acceptor_.listen(4096);
}

void Listener::start() {
    asio::co_spawn(acceptor_.get_executor(), accept(), logFailure);
}

void Listener::stop() {
    ErrorCode ignored;
    acceptor_.close(ignored);
}

// A proxy speaks for many: they are counted one by one when they open a session (http_connection.cpp).
std::optional<AddressLimit::Ticket> Listener::ticketOf(const Address& peer) {
    if (peer.is_loopback() || site_.proxies.trusts(peer)) return AddressLimit::Ticket();
    return site_.addresses.take(networkOf(peer));
}

Awaitable<void> Listener::accept() {
    redis::Timer timer(acceptor_.get_executor());
    while (acceptor_.is_open()) {
        Socket socket(acceptor_.get_executor());
        auto [error] = co_await acceptor_.async_accept(socket, asTuple);
        if (!acceptor_.is_open()) co_return;
        if (error) {  // out of descriptors, most often: others end soon
            spdlog::warn("accept: {}", error.message());
            co_await redis::pause(timer, std::chrono::milliseconds{100});
            continue;
        }
        const auto peer = addressOf(socket);
        if (!peer) continue;
        auto ticket = ticketOf(*peer);
        if (!ticket) continue;
        auto work = serveConnection(site_, std::move(socket), std::move(*ticket));
        asio::co_spawn(acceptor_.get_executor(), std::move(work), logFailure);
    }
}

}  // namespace placette::net
