// ULIDs: 48 bits of milliseconds and 80 random ones, as 26 characters that sort by time.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "placette/domain/time.hpp"

namespace placette::service {

std::string newUlid(Instant now);
std::string ulidFrom(Instant, const std::array<std::uint8_t, 10>& random);

}  // namespace placette::service
