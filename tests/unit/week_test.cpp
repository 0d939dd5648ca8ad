#include "placette/domain/week.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;

namespace {

Date day(const char* text) {
    return *dateFrom(text);
}

const Date monday = day("2026-10-19");  // the clocks go back on Sunday the 25th

Facility nursery() {
    Facility facility;
    facility.id = "genlis";
    facility.sections = {{"moyens", "Moyens", 12, 24}};
    facility.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 4, 5}},
                        {"apres-midi", "Après-midi", 13h, 18h, {1, 5}}};
    facility.house.week = {
        {{1, "matin", "moyens", 3, 1}, {1, "apres-midi", "moyens", 2}, {4, "matin", "moyens", 4}}};
    facility.house.publishWeeks = 2;
    return facility;
}

std::vector<std::string> namesOf(const std::vector<ApplyWeek::Item>& items) {
    std::vector<std::string> names;
    for (const auto& item : items) names.push_back(toText(item.cell.date) + ' ' + item.cell.period);
    return names;
}

}  // namespace

TEST_CASE("a typical week is put on the days of the calendar") {
    const auto facility = nursery();
    const auto items =
        cellsOfWeek(facility, *facility.house.week, monday + date::days{1}, monday + date::days{8});
    CHECK(namesOf(items) ==
          std::vector<std::string>{"2026-10-22 matin", "2026-10-26 matin", "2026-10-26 apres-midi"});
    CHECK(items[1].open == 3);
    CHECK(items[1].reserved == 1);
    CHECK_FALSE(items[2].reserved);
}

TEST_CASE("what the facility does not have any more is left out") {
    auto facility = nursery();
    facility.periods[0].days = {1};
    facility.house.week->push_back({1, "nuit", "moyens", 3});
    facility.house.week->push_back({1, "matin", "grands", 3});
    const auto items = cellsOfWeek(facility, *facility.house.week, monday, monday + date::weeks{1});
    CHECK(namesOf(items) == std::vector<std::string>{"2026-10-19 matin", "2026-10-19 apres-midi"});
}

TEST_CASE("a publication reaches whole weeks, over the change of the clocks") {
    const auto& paris = *date::locate_zone("Europe/Paris");
    auto facility = nursery();
    for (const auto& [at, first, last] : {
             std::tuple("2026-10-24T21:59:59Z", "2026-10-26 matin", "2026-11-05 matin"),
             std::tuple("2026-10-24T22:00:00Z", "2026-10-26 matin",
                        "2026-11-05 matin"),  // Sunday, of 25 hours
             std::tuple("2026-10-25T22:59:59Z", "2026-10-26 matin", "2026-11-05 matin"),
             std::tuple("2026-10-25T23:00:00Z", "2026-10-26 matin", "2026-11-05 matin"),
             std::tuple("2026-10-26T23:00:00Z", "2026-10-29 matin", "2026-11-09 apres-midi"),
         }) {
        INFO(at);
        const auto command = publication(facility, localDate(*instantFrom(at), paris));
        REQUIRE(command);
        CHECK(command->onlyAbsent);
        CHECK(namesOf(command->items).front() == first);
        CHECK(namesOf(command->items).back() == last);
    }
}

TEST_CASE("a publication is known by its day, its reach and its week") {
    auto facility = nursery();
    const auto mark = [&](Date today) { return publication(facility, today)->published; };
    const auto first = mark(monday);
    CHECK(mark(monday) == first);
    CHECK(mark(monday + date::days{1}) != first);
    facility.house.week->front().open = 4;
    CHECK(mark(monday) != first);
    facility.house.week->front().open = 3;
    facility.house.publishWeeks = 3;
    CHECK(mark(monday) != first);
    facility.house.publishWeeks = 0;
    CHECK_FALSE(publication(facility, monday));
    facility.house.publishWeeks.reset();
    CHECK_FALSE(publication(facility, monday));
}

TEST_CASE("a last arrival counts in the period in which it lies") {
    auto facility = nursery();
    CHECK_FALSE(facility.lastArrival(facility.periods[0]));
    facility.house.arriveUntil = 9h + 30min;
    CHECK(facility.lastArrival(facility.periods[0]) == 9h + 30min);
    CHECK_FALSE(facility.lastArrival(facility.periods[1]));
    facility.house.arriveUntil = noLimit;
    CHECK_FALSE(facility.lastArrival(facility.periods[0]));
}

TEST_CASE("what an entered facility leaves unsaid of its house stays") {
    const auto before = nursery();
    auto given = before;
    given.house = {};
    given.house.mealCutoff = 9h;
    const auto after = entered(given, &before);
    CHECK(after.house.week == before.house.week);
    CHECK(after.house.publishWeeks == 2);
    CHECK(after.house.mealCutoff == TimeOfDay{9h});
    CHECK(entered(given, nullptr) == given);
}
