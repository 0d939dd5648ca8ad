// A token bucket: so many calls a second, bursts of twice that. A batch may leave a debt, so that one that is
// larger than the bucket passes too, and is paid for before the next.
#pragma once

#include <algorithm>
#include <chrono>
#include <optional>

namespace placette::net {

class Rate {
public:
    using Clock = std::chrono::steady_clock;

    explicit Rate(std::optional<int> perSecond)
        : perSecond_(perSecond), tokens_(perSecond ? 2.0 * *perSecond : 0) {}

    bool take(Clock::time_point now, std::size_t calls) {
        if (!perSecond_) return true;
        const std::chrono::duration<double> passed = now - filled_;
        filled_ = now;
        tokens_ = std::min(tokens_ + passed.count() * *perSecond_, 2.0 * *perSecond_);
        if (tokens_ < 1) return false;
        tokens_ -= static_cast<double>(calls);
        return true;
    }

    // It is as if nothing had ever been taken.
    bool idle(Clock::time_point now) const {
        const std::chrono::duration<double> passed = now - filled_;
        return !perSecond_ || tokens_ + passed.count() * *perSecond_ >= 2.0 * *perSecond_;
    }

    // Until the next call may pass, as of the last that did not.
    std::chrono::milliseconds wait() const {
        return std::chrono::ceil<std::chrono::milliseconds>(
            std::chrono::duration<double>((1 - tokens_) / perSecond_.value_or(1)));
    }

private:
    std::optional<int> perSecond_;
    double tokens_;
    Clock::time_point filled_ = Clock::now();
};

}  // namespace placette::net
