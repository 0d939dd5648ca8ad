// The repair that proves itself: every booking compared with the lists that it is in, every cell with its
// bookings, and what differs is mended by the functions (functions/45_recount.lua), each in one step with its
// log entry. In the background, beside everybody's calls: Redis is left alone as long as it was busy.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "redis/client.hpp"

namespace placette::redis {

struct Verified {
    std::int64_t bookings = 0, days = 0;  // looked at
    std::int64_t differing = 0;           // list entries and cells that were not as they should be
    std::set<std::string> differences;    // said for the operator; not more than a thousand of them
    std::set<std::string> lost;           // bookings that cannot be read, on each of their days; likewise
};

enum class Verification {
    examine,   // nothing is written; what cannot be read is a difference, too
    mend,      // what is mended is logged
    giveUp,    // the same, and lost bookings no longer keep their places
    complete,  // mended, and not a word of it: a store of an older schema lacks what it did not know
};

// Of one territory, or of all if empty. Nothing: the connection was lost, or Redis refused; call again. The
// client has the function library.
Awaitable<std::optional<Verified>> verifyStore(net::io_context&, Client&, Verification,
                                               std::string territory = {});

}  // namespace placette::redis
