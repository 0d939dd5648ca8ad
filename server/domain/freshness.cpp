#include "placette/domain/freshness.hpp"

#include <algorithm>

namespace placette {
namespace {

constexpr date::days oneDay{1};
constexpr int soonDays = 7, soonAge = 3, laterAge = 10;  // opening days that a count may be old
constexpr TimeOfDay noon{12 * 60};
constexpr int longestSearch = 400;  // days; a facility may have no opening day at all

// Far in the past if there is none.
Date openingDayBefore(Date day, const Facility& facility) {
    for (int searched = 0; searched < longestSearch; ++searched) {
        day -= oneDay;
        if (facility.opensOn(day)) break;
    }
    return day;
}

}  // namespace

Instant staleAt(Instant confirmedAt, Date date, const Facility& facility, const date::time_zone& zone) {
    const auto confirmed = localDate(confirmedAt, zone);
    const auto last = openingDayBefore(date, facility);  // from it on `date` is the next opening day
    int opened = 0;                                      // opening days after `confirmed` and before `day`
    const auto isFresh = [&](Date day) {
        if (day >= last)
            return opened == 0 &&
                   (!facility.opensOn(confirmed) || confirmedAt >= toInstant(confirmed, noon, zone));
        return opened < (date - day <= date::days{soonDays} ? soonAge : laterAge);
    };
    auto day = std::min(confirmed, date) + oneDay;
    for (; day <= date && isFresh(day); day += oneDay)
        if (facility.opensOn(day)) ++opened;
    return toInstant(day, TimeOfDay{0}, zone);
}

Instant StaleTimes::of(Instant confirmedAt, Date date, const Facility& facility) {
    const auto [entry, isNew] = known_.try_emplace({&facility, confirmedAt, date});
    if (isNew) entry->second = staleAt(confirmedAt, date, facility, zone_);
    return entry->second;
}

}  // namespace placette
