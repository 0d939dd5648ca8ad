// Changes that are kept back for those that are under way with them. Writes that reach Redis together come
// back as several entries of the log; their changes are to go to the sessions together, in one frame each.
//
// Single-threaded, no I/O.
#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

#include "hub/change.hpp"

namespace placette::hub {

class Gathering {
public:
    struct Announcement {
        std::string territory;
        std::vector<Change> changes;
    };

    // `underWay`: writes of this node that are not answered. A guess of what is to come: some may be refused,
    // and one that is in the log may not be answered yet.
    void add(const std::string& territory, std::vector<Change> changes, std::size_t underWay) {
        if (held_.empty()) awaited_ = underWay;
        awaited_ -= std::min(awaited_, changes.size());
        if (held_.empty() || held_.back().territory != territory) held_.push_back({territory, {}});
        std::ranges::move(changes, std::back_inserter(held_.back().changes));
    }

    bool empty() const { return held_.empty(); }
    bool complete() const { return awaited_ == 0; }
    std::vector<Announcement> take() { return std::exchange(held_, {}); }  // in their order

private:
    std::vector<Announcement> held_;
    std::size_t awaited_ = 0;
};

}  // namespace placette::hub
