// One HTTP connection: requests one after another (keep-alive), each with a deadline, until it ends or
// becomes a WebSocket session.
#pragma once

#include "net/address_limit.hpp"
#include "net/site.hpp"
#include "net/types.hpp"

namespace placette::net {

Awaitable<void> serveConnection(Site&, Socket, AddressLimit::Ticket);

}  // namespace placette::net
