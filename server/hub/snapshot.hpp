// A board at one offset, as encoded text that many replies share.
#pragma once

#include <cstdint>
#include <string>

#include "placette/domain/time.hpp"
#include "protocol/parts.hpp"

namespace placette::hub {

struct Snapshot {
    std::string epoch;
    std::int64_t offset = 0;
    Instant asOf{};             // when the board last knew that it was at the log's head
    bool storeAvailable = true;
    Shared facilities;          // JSON array
    Shared cells;               // JSON array
};

}  // namespace placette::hub
