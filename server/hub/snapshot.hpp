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
    Parts cells;        // JSON array

    std::size_t bytes() const { return facilities->size() + bytesOf(cells); }
};

}  // namespace placette::hub
