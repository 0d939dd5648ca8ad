// The tail of one territory's log in memory. Offsets follow each other without a gap.
#pragma once

#include <cstdint>
#include <deque>
#include <vector>

#include "hub/change.hpp"

namespace placette::hub {

class Ring {
public:
    explicit Ring(std::size_t capacity = 10'000) : capacity_(capacity) {}

    // Forgets all; the next change has an offset above `head`.
    void restart(std::int64_t head) {
        changes_.clear();
        start_ = head_ = head;
    }
    void push(Change change) {
        head_ = change->entry.offset;
        changes_.push_back(std::move(change));
        if (changes_.size() > capacity_) dropFirst();
    }
    // What came just before the first change kept; as much of it as there is room for.
    void reachBack(const std::vector<Change>& earlier) {
        for (auto change = earlier.rbegin(); change != earlier.rend() && changes_.size() < capacity_;
             ++change) {
            start_ = (*change)->entry.offset - 1;
            changes_.push_front(*change);
        }
    }
    void forget(std::int64_t upTo) {
        while (!changes_.empty() && changes_.front()->entry.offset <= upTo) dropFirst();
    }
    std::size_t capacity() const { return capacity_; }
    std::int64_t start() const { return start_; }  // whoever knows this offset can be told all that followed
    std::int64_t head() const { return head_; }
    const std::deque<Change>& changes() const { return changes_; }

private:
    void dropFirst() {
        start_ = changes_.front()->entry.offset;
        changes_.pop_front();
    }

    std::size_t capacity_;
    std::deque<Change> changes_;
    std::int64_t start_ = 0, head_ = 0;
};

}  // namespace placette::hub
