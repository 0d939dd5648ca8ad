#include "placette/domain/freshness.hpp"

#include <algorithm>

namespace placette {
namespace {

constexpr date::days oneDay{1};
constexpr int soonDays = 7, soonAge = 3, laterAge = 10;  // opening days that a count may be old
constexpr TimeOfDay noon{12 * 60};
constexpr int longestSearch = 400;  // days; a facility may have no opening day at all

// The nth opening day before a day; far in the past if there is none.
Date openingDayBefore(Date day, int nth, const Facility& facility) {
    for (int searched = 0; searched < longestSearch; ++searched) {
        day -= oneDay;
        if (facility.opensOn(day) && --nth == 0) break;
    }
    return day;
}

bool isTodayOrNextOpeningDay(Date date, Date today, const Facility& facility) {
    if (date == today) return true;
    for (Date day = today + oneDay; day < date; day += oneDay) {
        if (facility.opensOn(day)) return false;
    }
    return true;
}

struct Confirmation {
    Instant at;
    Date day;
};

bool isFresh(const Confirmation& confirmed, Date date, Date today, const Facility& facility,
             const date::time_zone& zone) {
    if (isTodayOrNextOpeningDay(date, today, facility)) {
        const auto before = openingDayBefore(today, 1, facility);
        if (confirmed.day != before) return confirmed.day > before;
        return confirmed.at >= toInstant(before, noon, zone);
    }
    const int age = date - today <= date::days{soonDays} ? soonAge : laterAge;
    return confirmed.day >= openingDayBefore(today, age, facility);
}

}  // namespace

Instant staleAt(Instant confirmedAt, Date date, const Facility& facility, const date::time_zone& zone) {
    const Confirmation confirmed{confirmedAt, localDate(confirmedAt, zone)};
    Date day = std::min(confirmed.day, date) + oneDay;
    while (day <= date && isFresh(confirmed, date, day, facility, zone)) day += oneDay;
    return toInstant(day, TimeOfDay{0}, zone);
}

Instant StaleTimes::of(Instant confirmedAt, Date date, const Facility& facility) {
    const auto [entry, isNew] = known_.try_emplace({&facility, confirmedAt, date});
    if (isNew) entry->second = staleAt(confirmedAt, date, facility, zone_);
    return entry->second;
}

}  // namespace placette
