// A board at one offset, as encoded text that many replies share.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "placette/domain/day_counts.hpp"
#include "placette/domain/directory.hpp"
#include "protocol/parts.hpp"

namespace placette::hub {

// The counts themselves, for what is worked out from them: of some facilities on some days.
struct CountsAsked {
    Directory::Entry territory;               // keeps the facilities
    std::vector<const Facility*> facilities;  // of it
    std::vector<Date> dates;                  // ascending
};
using Counts = std::vector<DayCounts>;  // by facility

struct Snapshot {
    std::string epoch;
    std::int64_t offset = 0;
    Shared facilities;  // JSON array
    Shared cells;       // JSON array
};

}  // namespace placette::hub
