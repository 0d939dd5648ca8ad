// The tail of one territory's log in memory, bounded by number and by bytes. Offsets follow each other
// without a gap.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "hub/change.hpp"

namespace placette::hub {

class Ring {
public:
    struct Bound {
        std::size_t changes = 10'000;
        std::size_t bytes = 32u << 20;
    };

    Ring() : Ring(Bound{}) {}
    explicit Ring(Bound bound) : bound_(bound) {}

    // Forgets all; the next change has an offset above `head`.
    void restart(std::int64_t head) {
        changes_.clear();
        bytes_ = 0;
        start_ = head_ = head;
    }
    // The last one is kept, however large.
    void push(Change change) {
        head_ = change->entry.offset;
        bytes_ += change->bytes;
        changes_.push_back(std::move(change));
        while (changes_.size() > 1 && (changes_.size() > bound_.changes || bytes_ > bound_.bytes))
            dropFirst();
    }
    // What came just before the first change kept; as much of it as there is room for.
    void reachBack(const std::vector<Change>& earlier) {
        for (auto change = earlier.rbegin(); change != earlier.rend(); ++change) {
            if (changes_.size() >= bound_.changes || bytes_ + (*change)->bytes > bound_.bytes) return;
            start_ = (*change)->entry.offset - 1;
            bytes_ += (*change)->bytes;
            changes_.push_front(*change);
        }
    }
    void forget(std::int64_t upTo) {
        while (!changes_.empty() && changes_.front()->entry.offset <= upTo) dropFirst();
    }
    const Bound& bound() const { return bound_; }
    std::size_t bytes() const { return bytes_; }
    std::int64_t start() const { return start_; }  // whoever knows this offset can be told all that followed
    std::int64_t head() const { return head_; }
    const std::deque<Change>& changes() const { return changes_; }

private:
    void dropFirst() {
        start_ = changes_.front()->entry.offset;
        bytes_ -= changes_.front()->bytes;
        changes_.pop_front();
    }

    Bound bound_;
    std::deque<Change> changes_;
    std::size_t bytes_ = 0;
    std::int64_t start_ = 0, head_ = 0;
};

}  // namespace placette::hub
