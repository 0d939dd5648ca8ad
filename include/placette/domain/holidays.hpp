// French public holidays (code du travail L3133-1; in the Moselle, the Bas-Rhin and the Haut-Rhin L3134-13
// too): days that a facility is likely to close on. Nothing closes by itself on them.
#pragma once

#include <string_view>
#include <vector>

#include "placette/domain/time.hpp"

namespace placette {

struct Holiday {
    Date date{};
    std::string_view name;  // French
    bool operator==(const Holiday&) const = default;
};

// By date.
std::vector<Holiday> publicHolidays(date::year, bool alsaceMoselle);

Date easterSunday(date::year);  // Gregorian

}  // namespace placette
