// Who watches a channel. A round visits all of them, a few at a time; meanwhile others may come and go.
//
// Single-threaded, no I/O. Subscriptions belong to their watchers.
#pragma once

#include <cstddef>
#include <vector>

namespace placette::hub {

struct Subscription;

class Subscribers {
public:
    void add(Subscription&);
    void remove(Subscription&);
    bool empty() const { return count_ == 0; }
    Subscription* any() const { return items_.empty() ? nullptr : items_.back(); }
    std::vector<Subscription*> all() const;

    // One round at a time. `turn`: whoever comes last has waited for all the others, so the first ones
    // change. Few at a time, for whoever falls back from the first places to the last waits for two rounds.
    void beginRound(std::size_t turn);
    // Null: the round is over. Whoever was there when it began and still is has been visited, whoever came
    // since may have been.
    Subscription* next();

private:
    void dropEmptyEnd();
    void closeGaps();

    std::vector<Subscription*> items_;  // null: a gap, while a round lasts; never the last one
    std::size_t count_ = 0;
    bool inRound_ = false;
    std::size_t first_ = 0, visited_ = 0, size_ = 0;  // of the round
};

}  // namespace placette::hub
