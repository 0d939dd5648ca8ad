// Whoever finds a place held is told when it is worth asking again: when the first hold on it ends, or, where
// many others end before, not before those. Looking costs little, however many there are.
#include <catch2/catch.hpp>

#include "comparison.hpp"

using namespace placette;
using namespace placette::test;
using namespace std::chrono_literals;

namespace {

const Date day = *dateFrom("2026-11-26");
const Instant start = *instantFrom("2026-11-25T08:00:00Z");

CellKey cellOf(const std::string& facility, const std::string& section) {
    return {facility, day, "matin", section};
}

HoldPlaces holdAt(const std::string& facility, const std::string& section, std::chrono::milliseconds ttl) {
    HoldPlaces command;
    command.booking.facility = facility;
    command.booking.office = "esco-genlis";
    command.booking.children = {{"2025-03", true}};
    command.ttl = ttl;
    Place place;
    place.date = day;
    place.period = "matin";
    place.section = section;
    place.bookableUntil = place.endsAt = Instant{day} + 11h;
    command.booking.places = {place};
    return command;
}

}  // namespace

TEST_CASE("a place that is held is worth asking for again when a hold may have ended") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    int made = 0;
    const auto hold = [&](const std::string& facility, const std::string& section,
                          std::chrono::milliseconds ttl) {
        both.step(
            {{"worker", "", "", std::to_string(10000 + made++)}, holdAt(facility, section, ttl), start});
        if (made % 64 == 0) both.settle();
    };
    both.step({{},
               ImportCells{{{cellOf("genlis", "moyens"), 1, 0, {}, start},
                            {cellOf("genlis", "petits"), 999, 0, {}, start},
                            {cellOf("aiserey", "moyens"), 999, 0, {}, start}},
                           false},
               start});
    hold("genlis", "moyens", 10min);
    const auto [here, there] =
        GENERATE(std::pair{0, 0}, std::pair{49, 0}, std::pair{50, 0}, std::pair{80, 300}, std::pair{10, 488},
                 std::pair{10, 489}, std::pair{10, 490}, std::pair{0, 700});
    CAPTURE(here, there);
    for (int n = 0; n < there; ++n) hold("aiserey", "moyens", 1min + n * 1ms);
    for (int n = 0; n < here; ++n) hold("genlis", "petits", 2min + n * 1ms);
    hold("genlis", "moyens", 5min);
    both.settle();
    CHECK(tally.problems[ProblemType::reserved_by_hold] == 1);
    INFO(both.difference().value_or(""));
    CHECK_FALSE(both.difference());
}
