// Until when a facility may answer: two of its opening hours, and an hour before the child comes at the
// latest.
#include "placette/domain/approval.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;

namespace {

const date::time_zone& paris() {
    return *date::locate_zone("Europe/Paris");
}

// Open on weekdays, 8:00 to 12:30 and 13:30 to 18:00; closed on 24 December 2026.
Facility facility() {
    Facility one;
    one.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 3, 4, 5}, {}},
                   {"apres-midi", "Après-midi", 13h + 30min, 18h, {1, 2, 3, 4, 5}, {}}};
    one.closures = {{*dateFrom("2026-12-24"), *dateFrom("2026-12-24"), "Noël"}};
    return one;
}

// Local times of Paris.
Instant at(const char* day, std::chrono::minutes time) {
    return toInstant(*dateFrom(day), time, paris());
}

}  // namespace

TEST_CASE("two opening hours pass before a request ends") {
    const auto far = at("2027-03-01", 8h);
    struct Case {
        Instant requested, end;
    };
    for (const auto& [requested, end] : {
             Case{at("2026-11-24", 9h), at("2026-11-24", 11h)},
             Case{at("2026-11-24", 11h + 30min), at("2026-11-24", 14h + 30min)},  // over noon
             Case{at("2026-11-24", 17h + 30min), at("2026-11-25", 9h + 30min)},   // over night
             Case{at("2026-11-24", 3h), at("2026-11-24", 10h)},                   // before it opens
             Case{at("2026-11-27", 18h), at("2026-11-30", 10h)},                  // over a weekend
             Case{at("2026-12-23", 17h), at("2026-12-25", 9h)},                   // over a closed day
             Case{at("2026-11-24", 10h + 30min), at("2026-11-24", 12h + 30min)},  // to the last minute
         }) {
        INFO(toText(requested));
        CHECK(toText(decideBy(requested, far, facility(), paris())) == toText(end));
    }
}

TEST_CASE("a request ends an hour before the child comes") {
    const auto requested = at("2026-11-24", 17h);
    CHECK(decideBy(requested, at("2026-11-25", 8h), facility(), paris()) == at("2026-11-25", 7h));
    const auto soon = at("2026-11-24", 17h + 30min);
    CHECK(decideBy(requested, soon, facility(), paris()) <= requested);  // no time is left
}

TEST_CASE("hours are those of the clock when it changes") {
    auto one = facility();
    one.periods = {{"nuit", "Nuit", 1h, 6h, {7}, {}}};
    // On 28 March 2027 the clock leaps from 2 to 3, on 25 October 2026 it goes back from 3 to 2.
    CHECK(toText(decideBy(at("2027-03-28", 0h), at("2027-06-01", 8h), one, paris())) ==
          "2027-03-28T02:00:00Z");
    CHECK(toText(decideBy(at("2026-10-25", 0h), at("2027-06-01", 8h), one, paris())) ==
          "2026-10-25T01:00:00Z");
}

TEST_CASE("periods that overlap are counted once, and who never opens has until the last hour") {
    auto one = facility();
    one.periods.push_back({"journee", "Journée", 8h, 18h, {1, 2, 3, 4, 5}, {}});
    CHECK(decideBy(at("2026-11-24", 12h), at("2026-12-01", 8h), one, paris()) == at("2026-11-24", 14h));
    one.periods.clear();
    CHECK(decideBy(at("2026-11-24", 12h), at("2026-12-01", 8h), one, paris()) == at("2026-12-01", 7h));
}
