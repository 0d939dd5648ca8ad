// How many writes of this node Redis has not answered yet, over all threads. Whoever has one's change to tell
// may wait for those of the others: they come within a round trip.
#pragma once

#include <atomic>
#include <cstddef>

namespace placette::redis {

class WritesUnderWay {
public:
    // One write, from before it is sent until it is answered or given up.
    class One {
    public:
        explicit One(WritesUnderWay* all) : all_(all) {
            if (all_) ++all_->count_;
        }
        ~One() {
            if (all_) --all_->count_;
        }
        One(const One&) = delete;

    private:
        WritesUnderWay* all_;
    };

    std::size_t count() const { return count_; }

    // How many times a session was held back so far, because it had asked for more at once than it may: its
    // client does not wait for answers, and the store does not keep up with it.
    std::size_t heldBack() const { return heldBack_; }
    void holdBack() { ++heldBack_; }

private:
    std::atomic<std::size_t> count_ = 0, heldBack_ = 0;
};

}  // namespace placette::redis
