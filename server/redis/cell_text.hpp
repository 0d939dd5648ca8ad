// Cells as the functions name and store them; the layout is told in functions/10_cells.lua.
#pragma once

#include <string>
#include <string_view>

#include "placette/domain/cell.hpp"

namespace placette::redis {

std::string cellName(const CellKey&);            // facility|date|period|section
CellKey cellKeyFrom(std::string_view name);      // these throw std::runtime_error on text of another layout
CellState cellStateFrom(std::string_view line);  // a name, `|`, a cell's text

inline std::int64_t millis(Instant instant) {
    return instant.time_since_epoch().count();
}
inline Instant instantFromMillis(std::int64_t value) {
    return Instant{std::chrono::milliseconds{value}};
}

}  // namespace placette::redis
