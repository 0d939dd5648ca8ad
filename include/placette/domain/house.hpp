// What a facility's manager decides herself, beside the day's counts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "placette/domain/time.hpp"

namespace placette {

struct WeekCell {  // of the typical week
    int day = 1;   // ISO weekday, 1 (Monday) .. 7
    std::string period, section;
    int open = 0;
    std::optional<int> reserved{};  // absent: as it is
    bool operator==(const WeekCell&) const = default;
};

constexpr TimeOfDay noLimit = std::chrono::hours{24};
constexpr int mostPublishedWeeks = 12;

// What is not said is as if it did not exist; a document that enters a facility leaves it as it is.
struct House {
    // The last arrival, in the period in which it lies; later bookings are `past`, later arrivals
    // `outside_hours`. noLimit: none.
    std::optional<TimeOfDay> arriveUntil{};
    std::optional<TimeOfDay>
        mealCutoff{};  // of the day itself: from then on no meal is booked. noLimit: none
    std::optional<std::vector<WeekCell>> week{};  // the typical week
    std::optional<int> publishWeeks{};            // ahead, by itself; 0: not
    bool operator==(const House&) const = default;

    House over(const House& before) const;  // what this one leaves unsaid is as before
};

}  // namespace placette
