// How long a hub waits after a sweep over its sessions, so that changes gather and share a write.
#pragma once

#include <algorithm>
#include <chrono>

namespace placette::hub {

constexpr std::chrono::microseconds briefSweep{200};      // not worth a pause
constexpr std::chrono::microseconds pausePerChange{250};  // 4,000 changes a second fill the longest pause
constexpr std::chrono::milliseconds longestPause{100};

// As long as the sweep took: it takes half the thread's time at most. Longer in a storm that nobody could
// follow change by change: `changes` is how many the sweep told.
inline std::chrono::nanoseconds pauseAfter(std::chrono::nanoseconds sweep, std::size_t changes) {
    using std::chrono::nanoseconds;
    if (sweep < briefSweep) return nanoseconds{0};
    return std::min<nanoseconds>(longestPause, std::max<nanoseconds>(sweep, changes * pausePerChange));
}

}  // namespace placette::hub
