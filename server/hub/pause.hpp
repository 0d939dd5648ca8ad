// How long a hub waits after a sweep over its sessions, so that changes gather and share a write.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace placette::hub {

constexpr std::chrono::microseconds briefSweep{200};              // not worth a pause
constexpr std::chrono::microseconds pausePerChange{250};          // from 4,000 changes a second on, or
constexpr std::chrono::microseconds pausePerPressedChange{1000};  // from 1,000 where pressed, it is a storm:
constexpr std::chrono::milliseconds stormTurn{110};               // nine sweeps a second, long ones too
constexpr std::chrono::milliseconds longestPause{100};
constexpr std::chrono::milliseconds longSweep{50};  // after it the pause is twice as long

// As long as the sweep kept the thread busy, so that sweeps have half of its time at most; longer after a
// long one, for there gathering spares most and is noticed least; and longer in a storm that nobody could
// follow change by change: `changes` is how many the sweep told, `took` how long it was under way.
// `pressed`: more is asked of the store than it does in the time that sweeps leave it. Then fewer changes
// come through, and if pauses became shorter with them, sweeps would leave it even less.
inline std::chrono::nanoseconds pauseAfter(std::chrono::nanoseconds busy, std::chrono::nanoseconds took,
                                           std::size_t changes, bool pressed) {
    using std::chrono::nanoseconds;
    if (busy < briefSweep) return nanoseconds{0};
    const auto shared = std::chrono::duration_cast<nanoseconds>(
        busy * (1 + std::chrono::duration<double>(busy) / std::chrono::duration<double>(longSweep)));
    const auto each = pressed ? pausePerPressedChange : pausePerChange;
    const auto turn = std::min<nanoseconds>(stormTurn, static_cast<std::int64_t>(changes) * each);
    return std::min<nanoseconds>(longestPause, std::max<nanoseconds>(shared, turn - took));
}

}  // namespace placette::hub
