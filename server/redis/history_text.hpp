// A change of a count as the store keeps it; the layout is told in functions/10_cells.lua.
#pragma once

#include <string_view>

#include "placette/domain/history.hpp"

namespace placette::redis {

CountChange countChangeFrom(std::string_view line);  // throws std::runtime_error on text of another layout

}  // namespace placette::redis
