// A change of a count as the store keeps it; the layout is told in functions/10_cells.lua.
#pragma once

#include <optional>
#include <string_view>

#include "placette/domain/history.hpp"

namespace placette::redis {

std::optional<CountChange> countChangeFrom(std::string_view line);  // nothing: of another layout

}  // namespace placette::redis
