// Names of the days of the week on the wire: "mon" .. "sun".
#pragma once

#include <array>
#include <optional>
#include <string_view>

namespace placette {

constexpr std::array<std::string_view, 7> weekdayNames{"mon", "tue", "wed", "thu", "fri", "sat", "sun"};

constexpr std::string_view weekdayName(int isoWeekday) {
    return weekdayNames.at(isoWeekday - 1);
}

constexpr std::optional<int> weekdayFrom(std::string_view name) {
    for (int day = 1; day <= 7; ++day)
        if (weekdayName(day) == name) return day;
    return std::nullopt;
}

}  // namespace placette
