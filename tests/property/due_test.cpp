// What is due ends in any write: all of it in the facility concerned, of the others no more than costs
// little.
#include <catch2/catch.hpp>

#include "comparison.hpp"

using namespace placette;
using namespace placette::test;
using namespace std::chrono_literals;

namespace {

constexpr int holds = 250;
const Date day = *dateFrom("2026-11-26");
const Instant start = *instantFrom("2026-11-25T08:00:00Z");

CellKey cellOf(const std::string& facility) {
    return {facility, day, "matin", "moyens"};
}

HoldPlaces holdAt(const std::string& facility) {
    HoldPlaces command;
    command.booking.facility = facility;
    command.booking.office = "esco-genlis";
    command.booking.children = {{"2025-03", true}};
    Place place;
    place.date = day;
    place.period = "matin";
    place.section = "moyens";
    place.bookableUntil = place.endsAt = Instant{day} + 11h;
    command.booking.places = {place};
    return command;
}

}  // namespace

TEST_CASE("holds that are due end in the facility concerned, and some others a call") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    const auto held = [&] { return both.model().cells().at(cellOf("genlis")).held(); };
    const auto adjust = [&](const std::string& facility) {
        both.step({{}, AdjustCells{{{cellOf(facility), 1, AdjustWhy::unsaid, start}}, false}, start + 10min});
        both.settle();
    };

    both.step({{}, ImportCells{{{cellOf("genlis"), 900, 0, {}, start}}, false}, start});
    for (int i = 0; i < holds; ++i)
        both.step({{"worker", "", "", std::to_string(1000 + i)},
                   holdAt("genlis"),
                   start + std::chrono::milliseconds{i}});
    both.settle();
    REQUIRE(held() == holds);

    SECTION("another facility's write ends some, its own the rest") {
        adjust("aiserey");
        CHECK(held() == holds - maxOthersDue);
        adjust("genlis");
        CHECK(held() == 0);
    }
    SECTION("sweeps end some each and say whether more is due") {
        for (int left = holds - maxOthersDue; left > -maxOthersDue; left -= maxOthersDue) {
            both.step({{}, Sweep{}, start + 10min});
            CHECK(held() == std::max(left, 0));
        }
    }
    both.compareStates();
    INFO(both.difference().value_or(""));
    CHECK_FALSE(both.difference());
}
