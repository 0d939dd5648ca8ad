// The counts of one facility on some days, by position: of the day, and of period and section in the
// facility's document. An absent cell is as it is everywhere: version 0, nothing open.
#pragma once

#include <cstddef>
#include <vector>

#include "placette/domain/cell.hpp"
#include "placette/domain/facility.hpp"

namespace placette {

class DayCounts {
public:
    DayCounts() = default;
    DayCounts(const Facility& facility, std::size_t days)
        : periods_(facility.periods.size()),
          sections_(facility.sections.size()),
          cells_(days * periods_ * sections_) {}

    Cell& at(std::size_t day, std::size_t period, std::size_t section) {
        return cells_[(day * periods_ + period) * sections_ + section];
    }
    const Cell& at(std::size_t day, std::size_t period, std::size_t section) const {
        return cells_[(day * periods_ + period) * sections_ + section];
    }

private:
    std::size_t periods_ = 0, sections_ = 0;
    std::vector<Cell> cells_;
};

}  // namespace placette
