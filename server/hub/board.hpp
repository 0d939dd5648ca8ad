// The present cells of one territory, in memory. Belongs to the feed's thread; others see it as encoded
// snapshots. States are taken by version: applying an old state again changes nothing.
//
// All of France is one node's: what a cell costs counts. A facility names its periods and sections once, and
// a day holds its few cells without spare room.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/filter.hpp"
#include "placette/domain/cell.hpp"
#include "placette/domain/day_counts.hpp"

namespace placette::hub {

class Board {
public:
    // False: the version is not the one after that which is known; a change was missed.
    bool apply(const CellState&);
    void startAt(Date);  // earlier days are let go, and no longer taken
    void each(const BoardFilter&, const std::function<void(const CellState&)>&) const;  // by facility, date
    DayCounts counts(const Facility&, const std::vector<Date>&) const;
    std::size_t size() const { return size_; }

private:
    struct Name {
        std::string period, section;
    };
    struct Known {
        std::size_t name;  // index
        Cell cell;
    };
    struct Day {
        Date date;
        std::vector<Known> cells;  // a few: searched one by one
    };
    struct FacilityCells {
        std::vector<Name> names;
        std::vector<Day> days;  // ascending
    };
    static std::size_t nameOf(FacilityCells&, const CellKey&);
    static Day& dayOf(FacilityCells&, Date);

    std::map<std::string, FacilityCells, std::less<>> facilities_;
    std::size_t size_ = 0;
    Date first_ = Date::min();
};

}  // namespace placette::hub
