// A token bucket: so many calls a second, bursts of twice that.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace placette::net {

class Rate {
public:
    using Clock = std::chrono::steady_clock;

    explicit Rate(std::optional<int> perSecond) : perSecond_(perSecond), tokens_(perSecond ? 2.0 * *perSecond : 0) {}

    bool take(Clock::time_point now, double calls = 1) {
        if (!perSecond_) return true;
        const std::chrono::duration<double> passed = now - filled_;
        filled_ = now;
        tokens_ = std::min(tokens_ + passed.count() * *perSecond_, 2.0 * *perSecond_);
        tokens_ -= calls;
        return tokens_ >= 0;
    }

private:
    std::optional<int> perSecond_;
    double tokens_;
    Clock::time_point filled_ = Clock::now();
};

}  // namespace placette::net
