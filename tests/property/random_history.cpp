#include "random_history.hpp"

#include <algorithm>
#include <set>
#include <tuple>
#include <utility>

namespace placette::test {
namespace {

using namespace std::chrono_literals;
using enum BookingState;

const std::vector<std::string> facilities{"aiserey", "genlis", "varanges"};
const std::vector<std::string> sections{"moyens", "grands"};
const std::vector<std::string> offices{"esco-genlis", "esco-auxonne"};

struct PeriodTimes {
    std::string id;
    std::chrono::minutes start, end;
};
const std::vector<PeriodTimes> periods{{"apres-midi", 13h, 17h}, {"matin", 7h, 11h + 30min}};

const std::vector<CancelReason> reasons{CancelReason::ill, CancelReason::mistake, CancelReason::staff};
const std::vector<CancelledBy> cancellers{CancelledBy::office, CancelledBy::facility, CancelledBy::family};
const std::vector<Purpose> purposes{Purpose::job_interview, Purpose::training, Purpose::other};

constexpr std::size_t remembered = 100;

const PeriodTimes& timesOf(const std::string& period) {
    return *std::ranges::find(periods, period, &PeriodTimes::id);
}

Place placeIn(const CellKey& cell, int id) {
    Place place;
    place.id = id;
    place.date = cell.date;
    place.period = cell.period;
    place.section = cell.section;
    place.startsAt = Instant{cell.date} + timesOf(cell.period).start;
    place.endsAt = Instant{cell.date} + timesOf(cell.period).end;
    place.bookableUntil = place.endsAt - 60min;
    return place;
}

template <class Item>
void keep(std::deque<Item>& items, Item item) {
    items.push_back(std::move(item));
    if (items.size() > remembered) items.pop_front();
}

}  // namespace

Step RandomHistory::next(const Model& model) {
    passTime();
    if (!bookings_.empty() && !model.bookings().contains(bookings_.back()))
        bookings_.pop_back();  // was refused
    if (!past_.empty() && chance(6)) {
        Step repeat = past_[random_() % past_.size()];
        repeat.now = now_;
        if (!repeat.header.id.empty()) {  // every call brings another one
            repeat.header.id = std::to_string(++lastBooking_);
            keep(bookings_, "t." + repeat.header.id);
        }
        if (chance(30)) repeat.header.fingerprint += "'";
        if (chance(30)) repeat.command = FindReplay{};
        return repeat;
    }
    Step step{freshHeader(), choose(model), now_};
    if (std::holds_alternative<HoldPlaces>(step.command)) step.header.id = std::to_string(lastBooking_);
    if (!step.header.key.empty()) keep(past_, step);
    return step;
}

void RandomHistory::passTime() {
    const int dice = below(10000);
    if (dice < 5) {
        now_ += 25h;
    } else if (dice < 60) {
        now_ += 3h;
    } else if (dice < 300) {
        now_ += std::chrono::minutes{below(8)};
    } else {
        now_ += std::chrono::milliseconds{below(20000)};
    }
}

WriteHeader RandomHistory::freshHeader() {
    if (chance(20)) return {};
    const std::string key = std::to_string(++lastKey_);
    return {chance(50) ? "manager" : "worker", key, "print-" + key, {}};
}

Command RandomHistory::choose(const Model& model) {
    const int dice = below(100);
    if (dice < 36) return holdPlaces();
    if (dice < 45) return confirmBooking(model);
    if (dice < 51) return extendHold(model);
    if (dice < 54) return ReleaseHold{bookingIn(model, {held})};
    if (dice < 57) return AcknowledgeBooking{bookingIn(model, {confirmed})};
    if (dice < 66) return cancelBooking(model);
    if (dice < 80) return recordAttendance(model);
    if (dice < 86) return setCells(model);
    if (dice < 93) return adjustCells();
    if (dice < 95) return confirmCells();
    if (dice < 96) return importCells();
    if (dice < 97) return putTerritory();
    if (chance(25)) return applyWeek();
    if (chance(50)) return chance(25) ? Command(closeCells()) : Command(reopenCells());
    if (chance(20)) return verify();
    if (chance(20)) return forget();
    return Sweep{};
}

Date RandomHistory::anyDate() {
    return date::floor<date::days>(now_) + date::days{chance(4) ? -1 : chance(25) ? 0 : 1 + below(4)};
}

CellKey RandomHistory::anyCell() {
    return {any(facilities), anyDate(), any(periods).id, any(sections)};
}

std::vector<CellKey> RandomHistory::anyCells(int most) {
    std::set<CellKey> cells;
    for (int i = below(most); i >= 0; --i) cells.insert(anyCell());
    return {cells.begin(), cells.end()};
}

Instant RandomHistory::laterStale() {
    return now_ + std::chrono::hours{below(200)};
}

// The same for all cells of a slot.
int RandomHistory::lawfulIn(const CellKey& cell) {
    return cell.period == "matin" ? 5 : 9;
}

// Mostly one of these states; now and then any, or one that was never there.
std::string RandomHistory::bookingIn(const Model& model, const std::vector<BookingState>& states) {
    if (bookings_.empty() || chance(3)) return "t.nowhere";
    std::string id;
    for (int tries = chance(85) ? 20 : 1; tries > 0; --tries) {
        id = bookings_[random_() % bookings_.size()];
        const auto found = model.bookings().find(id);
        if (found != model.bookings().end() && std::ranges::find(states, found->second.state) != states.end())
            break;
    }
    return id;
}

// Mostly one whose first place has begun, or did weeks ago.
std::string RandomHistory::begunIn(const Model& model, const std::vector<BookingState>& states) {
    std::string id;
    for (int tries = chance(90) ? 10 : 1; tries > 0; --tries) {
        id = bookingIn(model, states);
        const auto found = model.bookings().find(id);
        if (found != model.bookings().end() && found->second.places.front().startsAt <= now_) break;
    }
    return id;
}

SetCells RandomHistory::setCells(const Model& model) {
    SetCells command;
    for (const CellKey& cell : anyCells(4)) {
        SetCells::Item item{cell, below(9), {}, {}, laterStale()};
        if (chance(50)) item.reserved = below(4);
        if (chance(30)) {
            const auto found = model.cells().find(cell);
            const auto version = found == model.cells().end() ? 0 : found->second.version;
            item.expectedVersion = std::max<std::int64_t>(0, version + (chance(70) ? 0 : below(3) - 1));
        }
        if (chance(40)) item.atMost = lawfulIn(cell);
        command.items.push_back(item);
    }
    command.force = chance(15);
    return command;
}

AdjustCells RandomHistory::adjustCells() {
    AdjustCells command;
    for (const CellKey& cell : anyCells(2)) {
        command.items.push_back({cell, chance(3) ? 999 : below(5) - 2, AdjustWhy::unsaid, laterStale()});
        if (chance(40)) command.items.back().atMost = lawfulIn(cell);
    }
    command.force = chance(15);
    return command;
}

ConfirmCells RandomHistory::confirmCells() {
    ConfirmCells command{any(facilities), {}};
    const Date first = anyDate();
    for (int i = 0; i <= below(3); ++i) command.days.push_back({first + date::days{i}, laterStale()});
    return command;
}

ImportCells RandomHistory::importCells() {
    ImportCells command;
    for (const CellKey& cell : anyCells(6)) {
        command.items.push_back({cell, below(7), below(3), {}, laterStale()});
        if (chance(50)) command.items.back().confirmedAt = now_ - 1h;
    }
    command.onlyAbsent = chance(60);
    return command;
}

// A half-day or a day of one section or of both, now and then two days.
std::vector<CellKey> RandomHistory::cellsToClose() {
    std::vector<CellKey> cells;
    const auto& facility = any(facilities);
    const Date first = anyDate();
    const auto& period = any(periods).id;
    const bool wholeDay = chance(30), bothSections = chance(60);
    const auto& section = any(sections);
    for (Date day = first; day <= first + date::days{below(5) / 4}; day += date::days{1})
        for (const auto& each : periods)
            for (const auto& one : sections)
                if ((wholeDay || each.id == period) && (bothSections || one == section))
                    cells.push_back({facility, day, each.id, one});
    return cells;
}

ApplyWeek RandomHistory::applyWeek() {
    ApplyWeek command;
    command.facility = any(facilities);
    const Date first = anyDate();
    for (Date day = first; day <= first + date::days{below(5)}; day += date::days{1})
        for (const auto& period : periods)
            for (const auto& section : sections)
                if (chance(70)) {
                    command.items.push_back(
                        {{command.facility, day, period.id, section}, below(6), {}, laterStale()});
                    if (chance(50)) command.items.back().reserved = below(3);
                    if (chance(40)) command.items.back().atMost = lawfulIn(command.items.back().cell);
                }
    if (chance(30)) command.published = "week " + std::to_string(below(4));
    command.onlyAbsent = command.published || chance(40);
    command.dry = !command.published && chance(30);
    return command;
}

CloseCells RandomHistory::closeCells() {
    CloseCells command{{}, cellsToClose()};
    command.facility = command.cells.front().facility;
    command.reason = chance(50) ? CancelReason::staff : CancelReason::outbreak;
    command.dry = chance(30);
    return command;
}

ReopenCells RandomHistory::reopenCells() {
    ReopenCells command{{}, cellsToClose()};
    command.facility = command.cells.front().facility;
    return command;
}

PutTerritory RandomHistory::putTerritory() {
    PutTerritory command;
    command.fields["territory"] = "{}";
    if (chance(50)) {
        const auto from = anyDate(), to = from + date::days{below(2)};
        command.fields["facility:" + any(facilities)] =
            R"({"closures":[{"from":")" + toText(from) + R"(","to":")" + toText(to) + R"("}]})";
    }
    if (chance(30)) {  // only told: it may be refused, and then the revision would be another one
        command.expectedRevision = documentRevision_;
        command.today = anyDate();
        command.removedOffices = {any(offices)};
        command.dry = true;
        return command;
    }
    command.revision = "r" + std::to_string(++lastRevision_);
    if (chance(20)) {
        command.expectedRevision = "r" + std::to_string(lastRevision_);
    } else {
        command.expectedRevision = std::exchange(documentRevision_, command.revision);
    }
    for (const CellKey& cell : anyCells(10)) command.closings.push_back({cell, chance(12)});
    return command;
}

Verify RandomHistory::verify() {
    Verify command;
    for (const auto& id : bookings_) command.bookings.push_back(id);
    for (int i = 0; i < 10; ++i) command.days.push_back({any(facilities), anyDate()});
    return command;
}

Forget RandomHistory::forget() {
    const auto today = date::floor<date::days>(now_);
    return {today - date::days{3 + below(3)}, today - date::days{2}, now_ - std::chrono::minutes{below(600)},
            1000000};
}

std::pair<std::string, std::string> RandomHistory::reference() {
    const auto number = std::to_string(below(20));
    return chance(80) ? std::pair("G-" + number, std::string()) : std::pair("g-" + number, "G-" + number);
}

HoldPlaces RandomHistory::holdPlaces() {
    HoldPlaces command;
    Booking& booking = command.booking;
    if (chance(6)) wanted_ = anyCell();
    booking.facility = chance(60) ? wanted_.facility : any(facilities);
    booking.office = any(offices);
    booking.care = chance(50) ? Care::vip : Care::other;
    booking.known = chance(50);
    booking.bookedBy = {"worker", "Zoé \"Z\" / Martin", "0380"};
    booking.children = {{"2025-03", true}, {"2024-01", false}};
    if (chance(85)) booking.purpose = any(purposes);
    if (chance(85)) std::tie(booking.caseRef, booking.caseKey) = reference();
    const int places = chance(60) ? 1 : 1 + below(4);
    for (int i = 0; i < places; ++i) {
        CellKey cell = chance(60) ? wanted_ : anyCell();
        cell.facility = booking.facility;
        booking.places.push_back(placeIn(cell, i));
        booking.places.back().child = i % 2;
        if (chance(30)) booking.places.back().arrive = 8h;
        if (chance(30)) booking.places.back().meal = chance(50);
    }
    command.ttl = std::chrono::minutes{1 + below(10)};
    command.confirm = chance(15);
    command.force = chance(10);
    keep(bookings_, "t." + std::to_string(++lastBooking_));
    return command;
}

ConfirmBooking RandomHistory::confirmBooking(const Model& model) {
    ConfirmBooking command{
        chance(30) ? bookingIn(model, {expired}) : bookingIn(model, {held}), {}, {}, {}, {}, false};
    if (chance(70)) command.purpose = any(purposes);
    if (chance(40)) std::tie(command.caseRef, command.caseKey) = reference();
    if (chance(20)) command.commune = "21351";
    if (chance(20)) command.sealedContact = "c2VhbGVk";
    command.force = chance(20);
    return command;
}

// Often the same again, up to its last extension.
ExtendHold RandomHistory::extendHold(const Model& model) {
    if (chance(20)) extended_ = bookingIn(model, {held});
    return {extended_};
}

CancelBooking RandomHistory::cancelBooking(const Model& model) {
    CancelBooking command{bookingIn(model, {confirmed}), any(cancellers), any(reasons), {}};
    if (chance(40)) command.places.push_back(below(3));
    return command;
}

RecordAttendance RandomHistory::recordAttendance(const Model& model) {
    const int dice = below(3);
    const bool again = chance(60);
    return {begunIn(model, again ? std::vector{attended, no_show} : std::vector{confirmed}),
            chance(80) ? 0 : below(4),
            dice == 0   ? PlaceOutcome::attended
            : dice == 1 ? PlaceOutcome::no_show
                        : PlaceOutcome::none};
}

}  // namespace placette::test
