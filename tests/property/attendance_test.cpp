// Who came is said from the start of a place until 30 days after its end, to the millisecond; of places that
// were taken before their start was kept, at any time before that.
#include <catch2/catch.hpp>

#include "comparison.hpp"

using namespace placette;
using namespace placette::test;
using namespace std::chrono_literals;

namespace {

const Date day = *dateFrom("2026-11-26");
const Instant booked = *instantFrom("2026-11-25T08:00:00Z");
const Instant start = Instant{day} + 7h;
const Instant end = Instant{day} + 11h;
const CellKey cell{"genlis", day, "matin", "moyens"};

HoldPlaces bookingOf(Instant startsAt) {
    HoldPlaces command;
    command.confirm = true;
    command.booking.facility = cell.facility;
    command.booking.office = "esco-genlis";
    command.booking.children = {{"2025-03", true}};
    command.booking.purpose = Purpose::training;
    command.booking.caseRef = "G-1";
    Place place;
    place.date = day;
    place.period = cell.period;
    place.section = cell.section;
    place.startsAt = startsAt;
    place.bookableUntil = end - 1h;
    place.endsAt = end;
    command.booking.places = {place};
    return command;
}

}  // namespace

TEST_CASE("attendance has its time") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    const bool older = GENERATE(false, true);
    both.step({{}, ImportCells{{{cell, 1, 0, {}, booked}}, false}, booked});
    both.step({{"worker", "", "", "1"}, bookingOf(older ? Instant{} : start), booked});
    const auto outcome = [&] { return both.model().bookings().at("t.1").places.front().outcome; };
    const auto record = [&](Instant at, PlaceOutcome said) {
        both.step({{}, RecordAttendance{"t.1", 0, said}, at});
    };

    record(start - 1ms, PlaceOutcome::attended);
    CHECK((outcome() == PlaceOutcome::attended) == older);
    record(start, PlaceOutcome::attended);
    CHECK(outcome() == PlaceOutcome::attended);
    record(end + attendanceFor - 1ms, PlaceOutcome::no_show);
    CHECK(outcome() == PlaceOutcome::no_show);
    record(end + attendanceFor, PlaceOutcome::none);
    CHECK(outcome() == PlaceOutcome::no_show);

    both.settle();
    both.compareStates();
    INFO(both.difference().value_or(""));
    CHECK_FALSE(both.difference());
}
