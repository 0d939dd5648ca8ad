#include "hub/board.hpp"

#include <algorithm>

namespace placette::hub {

void Board::apply(const CellState& state) {
    auto& day = facilities_[state.key.facility][state.key.date];
    const auto known = std::ranges::find(day, state.key, &CellState::key);
    if (known == day.end()) {
        day.push_back(state);
        ++size_;
    } else if (known->cell.version < state.cell.version) {
        known->cell = state.cell;
    }
}

void Board::each(const BoardFilter& filter, const std::function<void(const CellState&)>& take) const {
    const auto end = filter.from + date::days{filter.days};
    for (const auto& [facility, days] : facilities_) {
        if (!filter.covers(facility, filter.from)) continue;
        for (auto day = days.lower_bound(filter.from); day != days.end() && day->first < end; ++day)
            for (const auto& state : day->second) take(state);
    }
}

}  // namespace placette::hub
