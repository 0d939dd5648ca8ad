// The rules of a place, one by one. That the store's functions follow them is the property tests'
// matter.
#include "model/model.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace std::chrono_literals;
using enum ProblemType;
using enum BookingState;

namespace {

const Date tomorrow = *dateFrom("2026-11-25");
const Instant noon = *instantFrom("2026-11-24T12:00:00Z");
const Instant slotStart = Instant{tomorrow} + 7h;
const Instant lastTaking = Instant{tomorrow} + 10h + 30min;
const Instant slotEnd = Instant{tomorrow} + 11h + 30min;

CellKey moyens{"genlis", tomorrow, "matin", "moyens"};
CellKey grands{"genlis", tomorrow, "matin", "grands"};

Place placeIn(const CellKey& cell, int id) {
    Place place;
    place.id = id;
    place.date = cell.date;
    place.period = cell.period;
    place.section = cell.section;
    place.startsAt = slotStart;
    place.bookableUntil = lastTaking;
    place.endsAt = slotEnd;
    return place;
}

struct Town {
    Model model;
    Instant now = noon;
    int bookings = 0;

    Result<Outcome> run(const Command& command, WriteHeader header = {}) {
        if (const auto* hold = std::get_if<HoldPlaces>(&command)) header.id = hold->booking.id.substr(2);
        return model.apply(header, command, now);
    }
    void open(const CellKey& cell, int places, int reserved = 0) {
        REQUIRE(run(SetCells{{{cell, places, reserved, {}, slotEnd}}, true}));
    }
    HoldPlaces wish(const std::vector<CellKey>& cells, Care care = Care::vip) {
        HoldPlaces command;
        command.booking.id = "t." + std::to_string(++bookings);
        command.booking.facility = "genlis";
        command.booking.office = "esco-genlis";
        command.booking.care = care;
        command.booking.purpose = Purpose::training;
        command.booking.caseRef = "G-" + std::to_string(bookings);
        for (const CellKey& cell : cells) {
            command.booking.places.push_back(placeIn(cell, static_cast<int>(command.booking.places.size())));
        }
        return command;
    }
    std::string held(const std::vector<CellKey>& cells, Care care = Care::vip) {
        return run(wish(cells, care))->bookings.front().id;
    }
    std::string booked(const std::vector<CellKey>& cells, Care care = Care::vip) {
        HoldPlaces command = wish(cells, care);
        command.confirm = true;
        return run(command)->bookings.front().id;
    }
    const Booking& booking(const std::string& id) const { return model.bookings().at(id); }
    const Cell& cell(const CellKey& key) const { return model.cells().at(key); }
};

void checkRefused(const Result<Outcome>& result, ProblemType type, const std::vector<CellKey>& cells = {},
                  const std::string& field = {}) {
    REQUIRE_FALSE(result);
    CHECK(name(result.error().type) == name(type));
    CHECK(result.error().cells == cells);
    CHECK(result.error().field == field);
}

}  // namespace

TEST_CASE("a hold takes all its places or none") {
    Town town;
    town.open(moyens, 2);
    town.open(grands, 1);
    checkRefused(town.run(town.wish({moyens, grands, grands})), no_place, {grands});
    CHECK(town.cell(moyens).committed() == 0);
    const auto id = town.held({moyens, moyens, grands});
    CHECK(town.booking(id).state == held);
    CHECK(town.booking(id).expiresAt == noon + 5min);
    CHECK(town.cell(moyens).heldVip == 2);
    checkRefused(town.run(town.wish({{"genlis", tomorrow, "matin", "unknown"}})), no_place,
                 {{"genlis", tomorrow, "matin", "unknown"}});
}

TEST_CASE("why a place is refused") {
    Town town;
    SECTION("kept for insertion care") {
        town.open(moyens, 1, 1);
        checkRefused(town.run(town.wish({moyens}, Care::other)), kept_for_vip, {moyens});
        CHECK(town.run(town.wish({moyens}, Care::vip)));
    }
    SECTION("held by others for the moment") {
        town.open(moyens, 1);
        town.held({moyens});
        checkRefused(town.run(town.wish({moyens})), reserved_by_hold, {moyens});
    }
    SECTION("the worst reason over several cells, with its cells") {
        town.open(moyens, 1, 1);
        checkRefused(town.run(town.wish({moyens, grands}, Care::other)), no_place, {grands});
    }
    SECTION("the slot is over, or the facility closed") {
        town.open(moyens, 1);
        REQUIRE(town.run(PutTerritory{{}, "", "one", {{moyens, true}}}));
        checkRefused(town.run(town.wish({moyens})), closed, {moyens});
        town.now = lastTaking;
        checkRefused(town.run(town.wish({moyens})), past, {moyens});
    }
}

TEST_CASE("a case has one place in a slot, unless forced") {
    Town town;
    town.open(moyens, 5);
    town.open(grands, 5);
    HoldPlaces first = town.wish({moyens}), again = town.wish({grands});
    again.booking.caseRef = first.booking.caseRef;
    REQUIRE(town.run(first));
    checkRefused(town.run(again), duplicate_booking, {grands});
    HoldPlaces elsewhere = again;
    elsewhere.booking.office = "esco-auxonne";
    elsewhere.booking.id = "t.elsewhere";
    CHECK(town.run(elsewhere));
    again.booking.id = "t.forced";
    again.force = true;
    CHECK(town.run(again));
    SECTION("a cancelled or released one does not count") {
        REQUIRE(town.run(ReleaseHold{first.booking.id}));
        REQUIRE(town.run(ReleaseHold{again.booking.id}));
        again.booking.id = "t.later";
        again.force = false;
        CHECK(town.run(again));
    }
    SECTION("a case told at the confirmation counts too") {
        HoldPlaces unnamed = town.wish({moyens});
        unnamed.booking.caseRef.clear();
        REQUIRE(town.run(unnamed));
        ConfirmBooking confirm{unnamed.booking.id, {}, first.booking.caseRef, {}, {}, false};
        checkRefused(town.run(confirm), duplicate_booking, {moyens});
        confirm.force = true;
        CHECK(town.run(confirm));
    }
}

TEST_CASE("a hold that runs out gives its places back, and is taken anew while they are free") {
    Town town;
    town.open(moyens, 1);
    const auto id = town.held({moyens});
    town.now += 5min;
    const auto swept = town.run(Sweep{});
    CHECK(swept->count == 1);
    CHECK_FALSE(swept->moreDue);
    CHECK(town.booking(id).state == expired);
    CHECK(town.cell(moyens).committed() == 0);
    checkRefused(town.run(ExtendHold{id}), hold_expired);
    checkRefused(town.run(ReleaseHold{id}), hold_expired);
    SECTION("free") {
        REQUIRE(town.run(ConfirmBooking{id}));
        CHECK(town.booking(id).state == confirmed);
        CHECK(town.cell(moyens).vip == 1);
        CHECK(town.cell(moyens).held() == 0);
    }
    SECTION("gone") {
        town.booked({moyens});
        checkRefused(town.run(ConfirmBooking{id}), hold_expired, {moyens});
    }
}

TEST_CASE("a refused write still ends what is due, in one log entry") {
    Town town;
    town.open(moyens, 1);
    town.held({moyens});
    const auto offset = town.model.offset();
    town.now += 1h;
    checkRefused(town.run(ExtendHold{"t.nowhere"}), not_found);
    CHECK(town.model.offset() == offset + 1);
    CHECK(town.cell(moyens).held() == 0);
}

TEST_CASE("a hold is extended by five minutes, to thirty in all") {
    Town town;
    town.open(moyens, 1);
    const auto id = town.held({moyens});
    for (int i = 0; i < 5; ++i) REQUIRE(town.run(ExtendHold{id}));
    CHECK(town.booking(id).expiresAt == noon + 30min);
    checkRefused(town.run(ExtendHold{id}), too_late);
    REQUIRE(town.run(ConfirmBooking{id}));
    checkRefused(town.run(ExtendHold{id}), wrong_state);
    CHECK_FALSE(town.booking(id).expiresAt);
}

TEST_CASE("a confirmation needs purpose and case") {
    Town town;
    town.open(moyens, 2);
    HoldPlaces bare = town.wish({moyens});
    bare.booking.purpose.reset();
    bare.booking.caseRef.clear();
    bare.confirm = true;
    checkRefused(town.run(bare), invalid_params, {}, "purpose");
    bare.confirm = false;
    REQUIRE(town.run(bare));
    ConfirmBooking confirm{bare.booking.id, Purpose::trial, {}, {}, {}, false};
    checkRefused(town.run(confirm), invalid_params, {}, "caseRef");
    CHECK_FALSE(town.booking(bare.booking.id).purpose);
    confirm.caseRef = "G-1";
    REQUIRE(town.run(confirm));
    CHECK(town.booking(bare.booking.id).purpose == Purpose::trial);
    checkRefused(town.run(confirm), wrong_state);
}

TEST_CASE("the facility sees a booking once") {
    Town town;
    town.open(moyens, 2);
    checkRefused(town.run(AcknowledgeBooking{town.held({moyens})}), wrong_state);
    const auto id = town.booked({moyens});
    REQUIRE(town.run(AcknowledgeBooking{id}));
    const auto offset = town.model.offset();
    town.now += 1min;
    REQUIRE(town.run(AcknowledgeBooking{id}));
    CHECK(town.booking(id).seenAt == noon);
    CHECK(town.model.offset() == offset);
}

TEST_CASE("a booking ends with its last place") {
    Town town;
    town.open(moyens, 3);
    const auto id = town.booked({moyens, moyens, moyens});
    const auto cancel = [&](std::vector<int> places) {
        return town.run(CancelBooking{id, CancelledBy::family, CancelReason::ill, std::move(places)});
    };
    checkRefused(cancel({3}), invalid_params, {}, "places");
    REQUIRE(cancel({0}));
    CHECK(town.booking(id).state == confirmed);
    CHECK(town.booking(id).places[0].cancelReason == CancelReason::ill);
    CHECK(town.cell(moyens).vip == 2);
    checkRefused(cancel({0}), wrong_state);
    checkRefused(town.run(RecordAttendance{id, 0, PlaceOutcome::attended}), wrong_state);
    checkRefused(town.run(RecordAttendance{id, 9, PlaceOutcome::attended}), invalid_params, {}, "place");
    SECTION("cancelled by the one who ended the last") {
        REQUIRE(cancel({}));
        CHECK(town.booking(id).state == cancelled_by_family);
        CHECK(town.cell(moyens).vip == 0);
        checkRefused(cancel({}), wrong_state);
    }
    SECTION("attended if any was") {
        town.now = slotStart;
        REQUIRE(town.run(RecordAttendance{id, 1, PlaceOutcome::no_show}));
        CHECK(town.booking(id).state == confirmed);
        REQUIRE(town.run(RecordAttendance{id, 2, PlaceOutcome::attended}));
        CHECK(town.booking(id).state == attended);
        CHECK(town.cell(moyens).vip == 2);
        REQUIRE(town.run(RecordAttendance{id, 2, PlaceOutcome::no_show}));
        CHECK(town.booking(id).state == no_show);
        REQUIRE(town.run(RecordAttendance{id, 2, PlaceOutcome::none}));
        CHECK(town.booking(id).state == confirmed);
    }
    SECTION("too late once the slot is over") {
        town.now = slotEnd;
        checkRefused(cancel({}), too_late, {moyens});
    }
}

TEST_CASE("attendance is recorded from the start of the period until 30 days after its end") {
    Town town;
    town.open(moyens, 1);
    const auto id = town.booked({moyens});
    const auto record = [&](Instant now, PlaceOutcome outcome) {
        town.now = now;
        return town.run(RecordAttendance{id, 0, outcome});
    };
    const auto version = town.booking(id).version;
    const auto early = record(slotStart - 1ms, PlaceOutcome::attended);
    checkRefused(early, wrong_state, {moyens});
    CHECK(early.error().detail == "the period has not begun");
    CHECK(town.booking(id).version == version);
    CHECK(record(slotStart, PlaceOutcome::attended));
    CHECK(record(slotEnd + attendanceFor - 1ms, PlaceOutcome::no_show));
    const auto late = record(slotEnd + attendanceFor, PlaceOutcome::none);
    checkRefused(late, wrong_state, {moyens});
    CHECK(late.error().detail == "more than 30 days after the place");
    CHECK(town.booking(id).state == no_show);
}

TEST_CASE("counts are set with an eye on versions and on what is taken") {
    Town town;
    const auto set = [&](int open, std::optional<std::int64_t> version, bool force = false) {
        return town.run(SetCells{{{moyens, open, {}, version, slotEnd}}, force});
    };
    REQUIRE(set(2, 0));
    checkRefused(set(2, 0), version_conflict, {moyens});
    town.booked({moyens, moyens});
    checkRefused(set(1, {}), below_committed, {moyens});
    REQUIRE(set(1, 2, true));
    CHECK(town.cell(moyens).overcommitted());
    CHECK(set(1, {}));  // lowers nothing
    CHECK(town.cell(moyens).confirmedAt == noon);
    CHECK(town.cell(moyens).staleAt == slotEnd);
    checkRefused(town.run(AdjustCells{{{moyens, -2, AdjustWhy::unsaid, slotEnd}}, true}), invalid_params,
                 {moyens}, "cells[0].by");
    REQUIRE(town.run(AdjustCells{
        {{moyens, 3, AdjustWhy::unsaid, slotEnd}, {grands, 1, AdjustWhy::unsaid, slotEnd}}, false}));
    CHECK(town.cell(moyens).open == 4);
    CHECK(town.cell(grands).version == 1);
    CHECK(town.run(ConfirmCells{"genlis", {{tomorrow, slotEnd}}})->count == 2);
    CHECK(town.cell(grands).version == 2);
}

TEST_CASE("an import leaves what exists alone where it is told to") {
    Town town;
    town.open(moyens, 2);
    const ImportCells import{{{moyens, 5, 0, {}, slotEnd}, {grands, 3, 1, noon - 1h, slotEnd}}, true};
    CHECK(town.run(import)->count == 1);
    CHECK(town.cell(moyens).open == 2);
    CHECK(town.cell(grands).confirmedAt == noon - 1h);
}

TEST_CASE("the territory's document changes with its closings, if nobody was quicker") {
    Town town;
    town.open(moyens, 2);
    checkRefused(town.run(PutTerritory{{}, "one", "two", {}}), version_conflict);
    REQUIRE(town.run(PutTerritory{{}, "", "one", {{moyens, true}, {grands, true}}}));
    CHECK(town.model.lastChange().facilities);
    CHECK(town.cell(moyens).closed);
    CHECK_FALSE(town.model.cells().contains(grands));
    checkRefused(town.run(SetCells{{{moyens, 3, {}, {}, slotEnd}}, true}), closed, {moyens});
    REQUIRE(town.run(PutTerritory{{}, "one", "two", {{moyens, true}}}));
    CHECK(town.cell(moyens).version == 2);
}

TEST_CASE("what its manager closes gives no places, until it is reopened") {
    Town town;
    town.open(moyens, 2);
    town.booked({moyens});

    const CloseCells close{"genlis", {grands, moyens}, CancelReason::outbreak};
    auto dry = close;
    dry.dry = true;
    CHECK(town.run(dry)->bookings.front().state == confirmed);
    CHECK(town.model.lastChange().empty());

    const auto outcome = town.run(close);
    REQUIRE(outcome);
    CHECK(outcome->bookings.front().state == cancelled_by_facility);
    CHECK(outcome->bookings.front().places.front().cancelReason == CancelReason::outbreak);
    CHECK(outcome->cells.size() == 2);
    CHECK(town.cell(moyens).committed() == 0);
    CHECK(town.cell(moyens).open == 2);
    CHECK(town.cell(grands).version == 1);
    CHECK_FALSE(town.cell(grands).confirmedAt);
    checkRefused(town.run(town.wish({moyens})), closed, {moyens});

    REQUIRE(town.run(PutTerritory{{}, "", "one", {{moyens, false}}}));
    CHECK(town.cell(moyens).closed);
    REQUIRE(town.run(ReopenCells{"genlis", {grands, moyens}}));
    CHECK_FALSE(town.cell(moyens).closed);
    CHECK(town.run(town.wish({moyens})));
}

TEST_CASE("a key has one effect for a day") {
    Town town;
    town.open(moyens, 5);
    const HoldPlaces wish = town.wish({moyens});
    const WriteHeader header{"worker", "key-1", "print", ""};
    const auto known = [&] { return town.run(FindReplay{}, header)->replayed; };
    CHECK_FALSE(known());
    REQUIRE(town.run(wish, header));
    REQUIRE(town.run(ReleaseHold{wish.booking.id}));
    CHECK(known());

    const auto repeat = town.run(town.wish({moyens}), header);
    CHECK(repeat->replayed);
    CHECK(repeat->bookings.front().id == wish.booking.id);
    CHECK(repeat->bookings.front().state == released);
    CHECK(town.cell(moyens).committed() == 0);
    checkRefused(town.run(wish, {"worker", "key-1", "other", ""}), idempotency_mismatch);
    CHECK(town.run(town.wish({moyens}), {"manager", "key-1", "other", ""}));
    town.now += 24h;
    CHECK_FALSE(known());
    const auto anew = town.run(ConfirmCells{"genlis", {{tomorrow, slotEnd}}}, header);
    REQUIRE(anew);
    CHECK_FALSE(anew->replayed);
}

TEST_CASE("a refusal is not recorded") {
    Town town;
    const WriteHeader header{"worker", "key-1", "print", ""};
    checkRefused(town.run(town.wish({moyens}), header), no_place, {moyens});
    town.open(moyens, 1);
    CHECK(town.run(town.wish({moyens}), header));
}
