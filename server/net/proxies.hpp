// Reverse proxies: whose word is taken for the address of who is behind them.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ip/network_v4.hpp>
#include <boost/asio/ip/network_v6.hpp>
#include <string>
#include <variant>
#include <vector>

#include "net/types.hpp"

namespace placette::net {

using Address = asio::ip::address;

class Proxies {
public:
    static bool isNetwork(const std::string&);  // "10.0.0.0/8", "::1"

    explicit Proxies(const std::vector<std::string>& trusted);  // each is a network

    bool trusts(const Address&) const;
    // Who asks, over a connection from `peer`: with a proxy that is trusted, the last address of Forwarded
    // (RFC 7239) or X-Forwarded-For that is no such proxy's itself; without either header the proxy. A client
    // may have sent one of the two, and the proxy made the other: where they do not say the same, or not an
    // address, it is nobody (0.0.0.0), as which all who try that are one.
    Address clientOf(const Address& peer, const Request&) const;

private:
    using Network = std::variant<asio::ip::network_v4, asio::ip::network_v6>;

    std::vector<Network> networks_;
};

// What limits are counted by: an IPv4 address; of IPv6 the 64 bits that one subscriber has.
std::string networkOf(const Address&);

}  // namespace placette::net
