// Work that waits, so that nobody waits for all that another has brought: who is known goes first, and among
// the others each takes a turn.
#pragma once

#include <cstddef>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace placette::identity {

template <class Work>
class FairQueue {
public:
    FairQueue(std::size_t mostOfAll, std::size_t mostOfOne) : mostOfAll_(mostOfAll), mostOfOne_(mostOfOne) {}

    // False: it is full, or has enough of this one. `known` ones have as much room again.
    bool push(bool known, const std::string& who, Work work) {
        auto& lane = known ? known_ : others_;
        if (lane.count >= mostOfAll_) return false;
        auto& of = lane.of[who];
        if (of.size() >= mostOfOne_) return false;
        of.push_back(std::move(work));
        ++lane.count;
        return true;
    }

    std::optional<Work> pop() {
        auto work = known_.pop();
        return work ? std::move(work) : others_.pop();
    }

private:
    struct Lane {
        std::map<std::string, std::deque<Work>> of;
        std::string last;  // whose turn it was
        std::size_t count = 0;

        std::optional<Work> pop() {
            if (of.empty()) return std::nullopt;
            auto next = of.upper_bound(last);
            if (next == of.end()) next = of.begin();
            std::optional<Work> work(std::move(next->second.front()));
            next->second.pop_front();
            --count;
            last = next->first;
            if (next->second.empty()) of.erase(next);
            return work;
        }
    };

    const std::size_t mostOfAll_, mostOfOne_;
    Lane known_, others_;
};

}  // namespace placette::identity
