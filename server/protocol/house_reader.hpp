// What a manager decides, as it is entered: in a facility, or as a change of it.
#pragma once

#include <vector>

#include "placette/domain/house.hpp"
#include "protocol/params.hpp"

namespace placette {

std::vector<WeekCell> weekIn(Params&, std::string_view name);  // distinct cells
House houseIn(Params&);                                        // what is said of it; null: none

}  // namespace placette
