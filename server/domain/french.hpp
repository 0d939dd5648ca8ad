// Dates, times and lists as the pages say them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/time.hpp"

namespace placette::french {

// Narrow, and never at the end of a line: before units, and before ? ! : ;
inline constexpr std::string_view space = "\u202f";

std::string day(Date);         // "mer. 2 déc."
std::string hour(TimeOfDay);   // "8 h 30"
std::string distance(double km);  // "6 km", "moins de 1 km"
std::string list(const std::vector<std::string>&);  // "a, b et c"
std::string lower(std::string_view);  // "Matin" → "matin": the first letter, where it is a plain one

}  // namespace placette::french
