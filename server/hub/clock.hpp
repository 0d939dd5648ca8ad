#pragma once

#include <chrono>

#include "placette/domain/time.hpp"

namespace placette::hub {

inline Instant now() {
    return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

}  // namespace placette::hub
