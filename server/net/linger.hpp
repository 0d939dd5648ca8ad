// How a connection ends whose peer may still be sending: a socket closed on unread bytes resets the
// connection, and the peer may lose our last words.
#pragma once

#include "net/types.hpp"

namespace placette::net {

// Says that nothing more comes, reads on until the peer has ended too (for 5 s and 4 MiB at most), and
// closes.
Awaitable<void> linger(Socket&);

}  // namespace placette::net
