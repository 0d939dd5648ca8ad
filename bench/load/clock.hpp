#pragma once

#include <cstdint>
#include <ctime>

namespace load {

using Nanos = std::int64_t;  // of CLOCK_MONOTONIC, or a time between two of them

constexpr Nanos second = 1'000'000'000;
constexpr Nanos never = INT64_MAX;

inline Nanos now() {
    timespec time{};
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * second + time.tv_nsec;
}

inline Nanos nanos(double seconds) {
    return static_cast<Nanos>(seconds * second);
}
inline double seconds(Nanos time) {
    return static_cast<double>(time) / second;
}

}  // namespace load
