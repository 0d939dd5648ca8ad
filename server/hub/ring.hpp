// The tail of one territory's log, as one thread sees it. Changes are immutable and shared with other
// threads.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>

#include "redis/codec.hpp"

namespace placette::hub {

using Change = std::shared_ptr<const redis::LogEntry>;

class Ring {
public:
    explicit Ring(std::size_t capacity = 10'000) : capacity_(capacity) {}

    // Forgets all; the next change has an offset above `head`.
    void restart(std::int64_t head) {
        changes_.clear();
        start_ = head_ = head;
    }
    void push(Change change) {
        head_ = change->offset;
        changes_.push_back(std::move(change));
        if (changes_.size() > capacity_) {
            start_ = changes_.front()->offset;
            changes_.pop_front();
        }
    }
    std::int64_t start() const { return start_; }  // whoever knows this offset can be told all that followed
    std::int64_t head() const { return head_; }
    const std::deque<Change>& changes() const { return changes_; }

private:
    std::size_t capacity_;
    std::deque<Change> changes_;
    std::int64_t start_ = 0, head_ = 0;
};

}  // namespace placette::hub
