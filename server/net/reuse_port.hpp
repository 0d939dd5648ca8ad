// SO_REUSEPORT, as an option of Asio's: several sockets of one program listen on one port.
#pragma once

#include <sys/socket.h>

#include "net/types.hpp"

namespace placette::net {

using ReusePort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

}  // namespace placette::net
