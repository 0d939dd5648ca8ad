// When each change was sent, and where each watcher stands. Changes are numbered from 1 in the order of
// sending.
//
// An arrival costs a step per change that it brings, and no more: who has what is counted per change, so the
// last one that is everywhere is found by moving on, never by asking all watchers.
#pragma once

#include <cstdint>
#include <vector>

#include "clock.hpp"
#include "histogram.hpp"

namespace load {

using Number = std::uint64_t;

struct Tally {
    std::uint64_t deliveries = 0;  // changes × watchers
    std::uint64_t frames = 0, messages = 0, bytes = 0;
    std::uint64_t lost = 0, repeated = 0;

    Tally operator-(const Tally&) const;
};

class Ledger {
public:
    Ledger() : sent_(1), standing_(1) {}

    Number send(Nanos at);  // the number of the change that is being sent
    Number last_sent() const { return sent_.size() - 1; }
    Number everywhere() const { return everywhere_; }

    // A watcher that stands at `at`; before it does, nothing is everywhere.
    void join(Number at);

    // A message brings the changes after `from` up to `to` to one who stands at `at`; where it stands then.
    Number arrive(Number at, Number from, Number to, Nanos when);
    void frame(Number newest, std::uint64_t bytes, Nanos when);

    // Staleness is of the changes sent between these two.
    void measure_from_here() { measured_from_ = last_sent() + 1; }
    void measure_to_here() { measured_to_ = last_sent(); }
    Number measured() const { return measured_to_ + 1 - measured_from_; }

    std::uint64_t missing() const;  // pairs yet to arrive

    Tally tally;
    Histogram staleness, newest;

private:
    bool is_measured(Number change) const { return measured_from_ <= change && change <= measured_to_; }

    std::vector<Nanos> sent_;
    std::vector<std::uint32_t> standing_;  // how many watchers have got just so far
    Number everywhere_ = 0;
    Number measured_from_ = UINT64_MAX, measured_to_ = UINT64_MAX;
};

}  // namespace load
