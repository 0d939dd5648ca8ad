#include "ledger.hpp"

#include <algorithm>
#include <stdexcept>

namespace load {

Tally Tally::operator-(const Tally& before) const {
    return {deliveries - before.deliveries, frames - before.frames, messages - before.messages,
            bytes - before.bytes,           lost - before.lost,     repeated - before.repeated};
}

Number Ledger::send(Nanos at) {
    sent_.push_back(at);
    standing_.push_back(0);
    return last_sent();
}

void Ledger::join(Number at) {
    if (at > last_sent()) throw std::runtime_error("the board changes by itself: is there another writer?");
    ++standing_[at];
}

Number Ledger::arrive(Number at, Number from, Number to, Nanos when) {
    ++tally.messages;
    if (to > last_sent()) throw std::runtime_error("a change that was not sent: is there another writer?");
    if (to <= at) {
        ++tally.repeated;
        return at;
    }
    if (from > at) tally.lost += from - at;
    const auto first = std::max(at, from) + 1;
    tally.deliveries += to + 1 - first;
    const auto last = std::min(to, measured_to_);
    for (auto change = std::max(first, measured_from_); change <= last; ++change)
        staleness.add(when - sent_[change]);

    --standing_[at];
    ++standing_[to];
    while (standing_[everywhere_] == 0 && everywhere_ < last_sent()) ++everywhere_;
    return to;
}

void Ledger::frame(Number newest_change, std::uint64_t bytes, Nanos when) {
    ++tally.frames;
    tally.bytes += bytes;
    if (is_measured(newest_change)) newest.add(when - sent_[newest_change]);
}

std::uint64_t Ledger::missing() const {
    std::uint64_t pairs = 0;
    for (Number change = everywhere_; change < last_sent(); ++change)
        pairs += standing_[change] * (last_sent() - change);
    return pairs;
}

}  // namespace load
