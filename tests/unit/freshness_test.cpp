#include "placette/domain/freshness.hpp"

#include <catch2/catch.hpp>
#include <random>

using namespace placette;
using namespace std::chrono_literals;

namespace {

Facility weekdays() {
    Facility one;
    one.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 3, 4, 5}, {}}};
    return one;
}

std::string stale(const char* confirmedAt, const char* date, const Facility& facility = weekdays()) {
    return toText(
        staleAt(*instantFrom(confirmedAt), *dateFrom(date), facility, *date::locate_zone("Europe/Paris")));
}

}  // namespace

// In November 2026 the 23rd is a Monday; Paris is at +01:00.
TEST_CASE("a count for the next opening day holds if confirmed since noon of the one before") {
    CHECK(stale("2026-11-24T16:02:11Z", "2026-11-25") == "2026-11-25T23:00:00Z");
    CHECK(stale("2026-11-24T11:00:00Z", "2026-11-25") == "2026-11-25T23:00:00Z");  // noon exactly
    CHECK(stale("2026-11-24T10:59:59Z", "2026-11-25") == "2026-11-24T23:00:00Z");
    CHECK(stale("2026-11-25T06:00:00Z", "2026-11-25") == "2026-11-25T23:00:00Z");  // the day itself
}

TEST_CASE("a weekend is no opening day") {
    CHECK(stale("2026-11-27T15:00:00Z", "2026-11-30") ==
          "2026-11-30T23:00:00Z");  // Friday afternoon, for Monday
    // Friday morning, for Monday: on Saturday the opening day before is Friday, confirmed before its noon.
    CHECK(stale("2026-11-27T08:00:00Z", "2026-11-30") == "2026-11-27T23:00:00Z");
}

TEST_CASE("counts within a week hold three opening days") {
    // Wednesday for Tuesday: Thursday to Saturday fine; on Sunday Monday is next, Tuesday not yet; on Monday
    // it is next, and the count is older than Friday noon.
    CHECK(stale("2026-11-18T09:00:00Z", "2026-11-24") == "2026-11-22T23:00:00Z");
    // Monday for Friday: on Friday the day before is Thursday; already on Thursday, Wednesday noon was due.
    CHECK(stale("2026-11-16T09:00:00Z", "2026-11-20") == "2026-11-18T23:00:00Z");
    // Nine days ahead: ten opening days at first, three from the day on which it is seven days off.
    CHECK(stale("2026-11-16T09:00:00Z", "2026-11-25") == "2026-11-19T23:00:00Z");
}

TEST_CASE("later counts hold ten opening days") {
    CHECK(stale("2026-11-02T09:00:00Z", "2026-12-31") == "2026-11-16T23:00:00Z");
}

TEST_CASE("closures are no opening days") {
    Facility holidays = weekdays();
    holidays.closures = {{*dateFrom("2026-11-25"), *dateFrom("2026-12-04"), "travaux"}};
    // Tuesday afternoon, then closed until Monday 7 December.
    CHECK(stale("2026-11-24T15:00:00Z", "2026-12-07", holidays) == "2026-12-07T23:00:00Z");
}

TEST_CASE("a facility without any opening day, and a day already over, end at the day's midnight") {
    Facility never = weekdays();
    never.periods.clear();
    CHECK(stale("2026-11-24T15:00:00Z", "2026-11-26", never) == "2026-11-26T23:00:00Z");
    CHECK(stale("2026-11-24T15:00:00Z", "2026-11-20") == "2026-11-20T23:00:00Z");
}

// The rule as it is written, day by day.
namespace {

Date openingDayBefore(Date day, int nth, const Facility& facility) {
    while (nth > 0)
        if (facility.opensOn(day -= date::days{1})) --nth;
    return day;
}

bool freshOn(Date day, Date date, Instant confirmedAt, const Facility& facility,
             const date::time_zone& zone) {
    auto next = day + date::days{1};
    while (next < date && !facility.opensOn(next)) next += date::days{1};
    if (next >= date) return confirmedAt >= toInstant(openingDayBefore(day, 1, facility), 12h, zone);
    return localDate(confirmedAt, zone) >=
           openingDayBefore(day, date - day <= date::days{7} ? 3 : 10, facility);
}

}  // namespace

TEST_CASE("any count goes stale on the first day that the rule says") {
    std::mt19937 random(7);
    const auto upTo = [&](int most) { return static_cast<int>(random() % (most + 1U)); };
    const auto& zone = *date::locate_zone("Europe/Paris");
    for (int n = 0; n < 2000; ++n) {
        Facility facility = weekdays();
        auto& days = facility.periods[0].days;
        std::erase_if(days, [&](int) { return upTo(3) == 0; });
        if (days.empty()) days = {3};
        const auto closed = *dateFrom("2026-10-01") + date::days{upTo(60)};
        facility.closures = {{closed, closed + date::days{upTo(12)}, ""}};
        const auto confirmedAt = *instantFrom("2026-10-05T00:00:00Z") + std::chrono::hours{upTo(24 * 40)};
        const auto confirmed = localDate(confirmedAt, zone), date = confirmed + date::days{upTo(60)};
        auto day = confirmed + date::days{1};
        while (day <= date && freshOn(day, date, confirmedAt, facility, zone)) day += date::days{1};
        CAPTURE(toText(confirmedAt), toText(date), toText(closed));
        REQUIRE(staleAt(confirmedAt, date, facility, zone) == toInstant(day, TimeOfDay{0}, zone));
    }
}

TEST_CASE("midnights are those of the territory when the clocks change") {
    CHECK(stale("2026-10-23T13:00:00Z", "2026-10-26") ==
          "2026-10-26T23:00:00Z");  // summer time ends on the 25th
    CHECK(stale("2026-03-27T13:00:00Z", "2026-03-27") == "2026-03-27T23:00:00Z");
    CHECK(stale("2026-03-30T13:00:00Z", "2026-03-30") == "2026-03-30T22:00:00Z");
}

TEST_CASE("what is remembered of one facility and confirmation is not told of another") {
    const auto& zone = *date::locate_zone("Europe/Paris");
    const auto tuesday = *instantFrom("2026-11-24T15:00:00Z"), monday = *instantFrom("2026-11-23T08:00:00Z");
    const auto date = *dateFrom("2026-11-26");
    Facility open = weekdays(), closed = weekdays();
    closed.closures = {{*dateFrom("2026-11-25"), *dateFrom("2026-11-25"), "travaux"}};
    StaleTimes times(zone);
    for (int again = 0; again < 2; ++again) {
        for (const auto* facility : {&open, &closed})
            for (const auto at : {monday, tuesday})
                CHECK(times.of(at, date, *facility) == staleAt(at, date, *facility, zone));
    }
    CHECK(times.of(tuesday, date, open) != times.of(tuesday, date, closed));
}
