// A board at one offset, as encoded text that many replies share.
#pragma once

#include <cstdint>
#include <string>

#include "protocol/parts.hpp"

namespace placette::hub {

struct Snapshot {
    std::string epoch;
    std::int64_t offset = 0;
    Shared facilities;  // JSON array
    Shared cells;       // JSON array
};

}  // namespace placette::hub
