#include "histogram.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace load {

Nanos Histogram::upper_end(std::size_t bucket) {
    if (bucket < 2 * cuts) return static_cast<Nanos>(bucket);
    const auto shift = bucket / cuts - 1;
    const auto mantissa = bucket % cuts + cuts;
    return static_cast<Nanos>(((mantissa + 1) << shift) - 1);
}

Nanos Histogram::quantile(double share) const {
    const auto all = std::accumulate(counts_.begin(), counts_.end(), std::uint64_t{0});
    const auto rank = static_cast<std::uint64_t>(std::ceil(share * static_cast<double>(all)));
    std::uint64_t seen = 0;
    for (std::size_t bucket = 0; bucket < counts_.size() && all > 0; ++bucket) {
        seen += counts_[bucket];
        if (seen >= rank && seen > 0) return std::min(upper_end(bucket), max_);
    }
    return max_;
}

}  // namespace load
