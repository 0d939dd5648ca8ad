// When the publisher makes its next change.
#pragma once

#include <algorithm>

#include "ledger.hpp"
#include "publisher.hpp"

namespace load {

// Open loop: at even distances, whatever becomes of the changes.
class Rate {
public:
    Rate(Publishers& publishers, double rate, Nanos start)
        : publishers_(publishers), rate_(rate), start_(start) {}

    Nanos operator()(Nanos now) {
        for (; due() <= now; ++made_) {
            late_ = std::max(late_, now - due());
            publishers_.change(now);
        }
        publishers_.flush();
        return due();
    }

    Nanos late() const { return late_; }  // how far it fell behind, at most

private:
    Nanos due() const { return start_ + nanos(static_cast<double>(made_) / rate_); }

    Publishers& publishers_;
    double rate_;
    Nanos start_, late_ = 0;
    std::uint64_t made_ = 0;
};

// Closed loop: so many changes under way that not everyone has.
class Window {
public:
    Window(Publishers& publishers, const Ledger& ledger, std::size_t width)
        : publishers_(publishers), ledger_(ledger), width_(width) {}

    Nanos operator()(Nanos now) {
        while (ledger_.last_sent() - ledger_.everywhere() < width_) publishers_.change(now);
        publishers_.flush();
        return never;
    }

private:
    Publishers& publishers_;
    const Ledger& ledger_;
    std::size_t width_;
};

}  // namespace load
