// A typical week on the days of a calendar.
#pragma once

#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/facility.hpp"

namespace placette {

// The week's cells on the days [from, until) that the facility's periods are open by their weekday, in the
// order of the days; what the facility does not have any more is left out. Closures are the store's to tell.
std::vector<ApplyWeek::Item> cellsOfWeek(const Facility&, const std::vector<WeekCell>&, Date from,
                                         Date until);

// What a facility publishes by itself on a day: nothing where it does not. Nobody confirms it.
std::optional<ApplyWeek> publication(const Facility&, Date today);

}  // namespace placette
