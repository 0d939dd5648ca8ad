// When the publisher makes its next change.
#pragma once

#include <algorithm>

#include "ledger.hpp"
#include "publisher.hpp"

namespace load {

// Open loop: at even distances, whatever becomes of the changes.
class Rate {
public:
    Rate(Publisher& publisher, double rate, Nanos start)
        : publisher_(publisher), rate_(rate), start_(start) {}

    Nanos operator()(Nanos now) {
        for (; due() <= now; ++made_) {
            late_ = std::max(late_, now - due());
            publisher_.change(now);
        }
        publisher_.flush();
        return due();
    }

    Nanos late() const { return late_; }  // how far it fell behind, at most

private:
    Nanos due() const { return start_ + nanos(static_cast<double>(made_) / rate_); }

    Publisher& publisher_;
    double rate_;
    Nanos start_, late_ = 0;
    std::uint64_t made_ = 0;
};

// Closed loop: so many changes under way that not everyone has.
class Window {
public:
    Window(Publisher& publisher, const Ledger& ledger, std::size_t width)
        : publisher_(publisher), ledger_(ledger), width_(width) {}

    Nanos operator()(Nanos now) {
        while (ledger_.last_sent() - ledger_.everywhere() < width_) publisher_.change(now);
        publisher_.flush();
        return never;
    }

private:
    Publisher& publisher_;
    const Ledger& ledger_;
    std::size_t width_;
};

}  // namespace load
