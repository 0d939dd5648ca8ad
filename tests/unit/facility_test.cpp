#include "placette/domain/facility.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;

namespace {

Date day(const char* text) {
    return *dateFrom(text);
}

Facility facility() {
    Facility one;
    one.sections = {{"bebes", "Bébés", 2, 12}, {"moyens", "Moyens", 12, 24}};
    one.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 4, 5}, {}},
                   {"journee", "Journée", 8h, 18h, {3}, {}}};
    one.closures = {{day("2026-12-24"), day("2027-01-03"), "Noël"}};
    return one;
}

}  // namespace

TEST_CASE("a section takes ages from its first month to before its last") {
    const Facility one = facility();
    CHECK_FALSE(one.sectionForAge(1));
    CHECK(one.sectionForAge(2)->id == "bebes");
    CHECK(one.sectionForAge(11)->id == "bebes");
    CHECK(one.sectionForAge(12)->id == "moyens");
    CHECK_FALSE(one.sectionForAge(24));
}

TEST_CASE("a facility opens on its weekdays, closures aside") {
    const Facility one = facility();
    const Period& morning = *one.period("matin");
    CHECK(one.opensOn(day("2026-11-24"), morning));        // a Tuesday
    CHECK_FALSE(one.opensOn(day("2026-11-25"), morning));  // a Wednesday
    CHECK(one.opensOn(day("2026-11-25")));
    CHECK_FALSE(one.opensOn(day("2026-11-28")));
    CHECK(one.opensOn(day("2026-12-23")));
    CHECK_FALSE(one.opensOn(day("2026-12-24")));
    CHECK_FALSE(one.opensOn(day("2027-01-01")));
    CHECK(one.opensOn(day("2027-01-04")));
    CHECK(one.closedBy(day("2027-01-03")));
    CHECK_FALSE(one.section("grands"));
    CHECK_FALSE(one.period("nuit"));
}

TEST_CASE("a contract is due with childminders and crèches familiales") {
    Facility one = facility();
    CHECK_FALSE(one.contractIsDue());
    one.kind = FacilityKind::childminder;
    CHECK(one.contractIsDue());
    one.kind = FacilityKind::creche_familiale;
    CHECK(one.contractIsDue());
}

TEST_CASE("ages are whole months from the birth month") {
    CHECK(ageMonths("2025-03", day("2026-11-01")) == 20);
    CHECK(ageMonths("2025-03", day("2026-11-30")) == 20);
    CHECK(ageMonths("2025-12", day("2026-01-01")) == 1);
    CHECK(ageMonths("2026-11", day("2026-11-25")) == 0);
    CHECK(birthMonthFrom(20, day("2026-11-25")) == "2025-03");
    CHECK(birthMonthFrom(11, day("2026-11-25")) == "2025-12");
    CHECK(birthMonthFrom(0, day("2026-11-25")) == "2026-11");
    for (int age = 0; age < 60; ++age)
        CHECK(ageMonths(birthMonthFrom(age, day("2026-11-25")), day("2026-11-25")) == age);
}

TEST_CASE("local times become instants, also when the clocks change") {
    const auto& paris = *date::locate_zone("Europe/Paris");
    CHECK(toText(toInstant(day("2026-11-25"), 8h, paris)) == "2026-11-25T07:00:00Z");
    CHECK(toText(toInstant(day("2026-07-01"), 8h, paris)) == "2026-07-01T06:00:00Z");
    CHECK(toText(toInstant(day("2026-03-29"), 2h + 30min, paris)) == "2026-03-29T01:00:00Z");  // skipped
    CHECK(toText(toInstant(day("2026-10-25"), 2h + 30min, paris)) ==
          "2026-10-25T00:30:00Z");  // twice: the first
    CHECK(toText(localDate(*instantFrom("2026-11-24T22:59:59Z"), paris)) == "2026-11-24");
    CHECK(toText(localDate(*instantFrom("2026-11-24T23:00:00Z"), paris)) == "2026-11-25");
}
