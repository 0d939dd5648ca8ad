// Who is at the other end of a connection.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <optional>
#include <string>

#include "net/rate.hpp"
#include "net/types.hpp"

namespace placette::net {

// IPv4 as such, also where it comes through an IPv6 socket (::ffff:127.0.0.1). nullopt: already gone.
std::optional<asio::ip::address> addressOf(const Socket&);

struct Peer {
    std::string
        address;  // for the limit of failed sign-ins; empty for loopback, where a proxy speaks for all
    Rate rate;    // of the calls at /rpc
};

}  // namespace placette::net
