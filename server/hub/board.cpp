#include "hub/board.hpp"

#include <algorithm>

namespace placette::hub {

bool Board::apply(const CellState& state) {
    if (state.key.date < first_) return true;
    auto& facility = facilities_[state.key.facility];
    const auto name = nameOf(facility, state.key);
    auto& cells = dayOf(facility, state.key.date).cells;
    const auto known = std::ranges::find(cells, name, &Known::name);
    if (known == cells.end()) {
        cells.reserve(cells.size() + 1);
        cells.push_back({name, state.cell});
        ++size_;
        return true;
    }
    const auto before = known->cell.version;
    if (before < state.cell.version) known->cell = state.cell;
    return state.cell.version <= before + 1;
}

void Board::startAt(Date first) {
    first_ = first;
    for (auto& [id, facility] : facilities_) {
        const auto end = std::ranges::lower_bound(facility.days, first, {}, &Day::date);
        for (auto day = facility.days.begin(); day != end; ++day) size_ -= day->cells.size();
        facility.days.erase(facility.days.begin(), end);
    }
}

std::size_t Board::nameOf(FacilityCells& facility, const CellKey& key) {
    auto& names = facility.names;
    const auto known = std::ranges::find_if(
        names, [&](const Name& name) { return name.section == key.section && name.period == key.period; });
    const auto index = static_cast<std::size_t>(known - names.begin());
    if (known == names.end()) names.push_back({key.period, key.section});
    return index;
}

Board::Day& Board::dayOf(FacilityCells& facility, Date date) {
    const auto day = std::ranges::lower_bound(facility.days, date, {}, &Day::date);
    if (day != facility.days.end() && day->date == date) return *day;
    return *facility.days.insert(day, Day{date, {}});
}

void Board::each(const BoardFilter& filter, const std::function<void(const CellState&)>& take) const {
    const auto end = filter.from + date::days{filter.days};
    CellState state;
    for (const auto& [id, facility] : facilities_) {
        if (!filter.covers(id, filter.from)) continue;
        state.key.facility = id;
        auto day = std::ranges::lower_bound(facility.days, filter.from, {}, &Day::date);
        for (; day != facility.days.end() && day->date < end; ++day) {
            state.key.date = day->date;
            for (const auto& known : day->cells) {
                state.key.period = facility.names[known.name].period;
                state.key.section = facility.names[known.name].section;
                state.cell = known.cell;
                take(state);
            }
        }
    }
}

DayCounts Board::counts(const Facility& facility, const std::vector<Date>& dates) const {
    DayCounts counts(facility, dates.size());
    const auto found = facilities_.find(facility.id);
    if (found == facilities_.end()) return counts;
    struct At {  // where a name stands in the document; what stands there no more is left out
        const Period* period;
        const Section* section;
    };
    std::vector<At> names;
    for (const auto& name : found->second.names)
        names.push_back({facility.period(name.period), facility.section(name.section)});
    const auto& days = found->second.days;
    for (std::size_t each = 0; each < dates.size(); ++each) {
        const auto day = std::ranges::lower_bound(days, dates[each], {}, &Day::date);
        if (day == days.end() || day->date != dates[each]) continue;
        for (const auto& known : day->cells) {
            const auto [period, section] = names[known.name];
            if (!period || !section) continue;
            counts.at(each, static_cast<std::size_t>(period - facility.periods.data()),
                      static_cast<std::size_t>(section - facility.sections.data())) = known.cell;
        }
    }
    return counts;
}

}  // namespace placette::hub
