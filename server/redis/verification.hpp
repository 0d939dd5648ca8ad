// The repair that proves itself: every booking compared with the lists that it is in, every cell with its
// bookings, and what differs is mended by the functions (functions/45_recount.lua), each in one step with its
// log entry. In the background, beside everybody's calls: Redis is left alone as long as it was busy.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "redis/client.hpp"

namespace placette::redis {

struct Verified {
    std::int64_t bookings = 0, days = 0;  // looked at
    std::int64_t mended = 0;              // list entries and cells that were not as they should be
};

// Of one territory, or of all if empty. Nothing: the connection was lost, or Redis refused; call again. The
// client has the function library.
Awaitable<std::optional<Verified>> verifyStore(net::io_context&, Client&, std::string territory = {});

}  // namespace placette::redis
