// The present cells of one territory, in memory. Belongs to the feed's thread; others see it as encoded
// snapshots. States are taken by version: applying an old state again changes nothing.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hub/filter.hpp"
#include "placette/domain/cell.hpp"

namespace placette::hub {

class Board {
public:
    void apply(const CellState&);
    void each(const BoardFilter&, const std::function<void(const CellState&)>&) const;  // by facility, date
    std::size_t size() const { return size_; }

private:
    using Day = std::vector<CellState>;  // a few cells: searched one by one
    std::map<std::string, std::map<Date, Day>, std::less<>> facilities_;
    std::size_t size_ = 0;
};

}  // namespace placette::hub
