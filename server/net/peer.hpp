// Who is at the other end of a connection.
#pragma once

#include <optional>
#include <string>

#include "net/proxies.hpp"
#include "net/rate.hpp"
#include "net/types.hpp"

namespace placette::net {

// IPv4 as such, also where it comes through an IPv6 socket (::ffff:127.0.0.1). nullopt: already gone.
std::optional<Address> addressOf(const Socket&);

struct Peer {
    Address address;  // of the connection: of a proxy, perhaps
    Rate rate;        // of the calls at /rpc
};

// Where a request comes from, for limits. Empty: this machine, where a proxy that does not tell speaks for
// all.
inline std::string networkOf(const Proxies& proxies, const Peer& peer, const Request& request) {
    const auto client = proxies.clientOf(peer.address, request);
    return client.is_loopback() ? std::string() : networkOf(client);
}

}  // namespace placette::net
