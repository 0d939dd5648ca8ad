#include "comparison.hpp"

#include <algorithm>
#include <string_view>

#include "redis/history_text.hpp"

namespace placette::test {
namespace {

const std::string territory = "t";
const std::string tag = "{t}";

bool same(const Result<Outcome>& a, const Result<Outcome>& b) {
    if (a.has_value() != b.has_value()) return false;
    if (!a)
        return a.error().type == b.error().type && a.error().field == b.error().field &&
               a.error().detail == b.error().detail && a.error().cells == b.error().cells &&
               a.error().bookings == b.error().bookings && a.error().retryAfter == b.error().retryAfter;
    return a->replayed == b->replayed && a->offset == b->offset && a->cells == b->cells &&
           a->bookings == b->bookings && a->count == b->count && a->confirmedAt == b->confirmedAt &&
           a->moreDue == b->moreDue && a->skipped == b->skipped;
}

std::string textOf(const Result<Outcome>& outcome) {
    if (!outcome) return std::string(name(outcome.error().type)) + " " + outcome.error().field;
    std::string text =
        "offset " + std::to_string(outcome->offset) + " count " + std::to_string(outcome->count);
    if (outcome->replayed) text += " replayed";
    for (const Booking& booking : outcome->bookings) {
        text += " " + booking.id + " " + std::string(name(booking.state)) + " version " +
                std::to_string(booking.version);
    }
    for (const CellState& state : outcome->cells) text += " [" + redis::encodeCell(state.cell) + "]";
    return text;
}

bool mayOvercommit(const Command& command) {
    if (const auto* set = std::get_if<SetCells>(&command)) return set->force;
    const auto* adjust = std::get_if<AdjustCells>(&command);
    return adjust && adjust->force;
}

std::string suffixOf(const std::string& key, const std::string& prefix) {
    return key.substr(prefix.size());
}

}  // namespace

Comparison::Comparison(RedisConnection& connection, const redis::FunctionLibrary& library, Tally& tally)
    : redis_(connection), prefix_(library.name + '_'), tally_(tally) {
    call({"FLUSHALL"});
    call({"FUNCTION", "FLUSH"});
    call({"FUNCTION", "LOAD", library.source});
}

redis::Reply Comparison::call(std::vector<std::string> command) {
    auto reply = redis_.command(command);
    if (reply.isError()) throw std::runtime_error(command.front() + ": " + reply.text);
    return reply;
}

std::vector<std::string> Comparison::callOf(const redis::FunctionCall& function) const {
    return words(function, prefix_, tag);
}

void Comparison::step(const Step& step) {
    if (std::holds_alternative<Forget>(step.command)) settle();  // it drops the old of the log
    redis_.send(callOf(redis::encode(step.header, step.command, step.now)));
    Expected expected{step, model_.apply(step.header, step.command, step.now), std::nullopt};
    if (const auto& change = model_.lastChange(); !change.empty()) {
        redis::LogEntry& entry = expected.entry.emplace();
        entry.offset = model_.offset();
        entry.facilitiesChanged = change.facilities;
        entry.erased.assign(change.erased.begin(), change.erased.end());
        for (const auto& key : change.cells) entry.cells.push_back({key, model_.cells().at(key)});
        for (const auto& id : change.bookings)
            if (!change.erased.contains(id)) entry.bookings.push_back(model_.bookings().at(id));
    }
    count(expected);
    inFlight_.push_back(std::move(expected));
}

void Comparison::count(const Expected& expected) {
    ++tally_.steps;
    if (!expected.outcome) {
        ++tally_.problems[expected.outcome.error().type];
    } else if (expected.outcome->replayed) {
        ++tally_.replays;
    }
}

void Comparison::settle() {
    for (const Expected& expected : inFlight_) compareAnswer(expected, redis_.receive());
    compareLog();
    inFlight_.clear();
}

void Comparison::differ(const Step& step, const std::string& what) {
    if (difference_) return;
    const auto call = redis::encode(step.header, step.command, step.now);
    difference_ = std::string(call.function) + " " + call.arguments + ": " + what;
}

void Comparison::compareAnswer(const Expected& expected, const redis::Reply& reply) {
    if (reply.isError()) return differ(expected.step, reply.text);
    const auto outcome = redis::decodeOutcome(reply.text);
    if (same(outcome, expected.outcome)) return;
    differ(expected.step, "answers " + textOf(outcome) + ", expected " + textOf(expected.outcome));
}

void Comparison::compareLog() {
    const auto entries = call({"XRANGE", tag + ":log", "(" + std::to_string(read_) + "-0", "+"}).items;
    auto next = entries.begin();
    for (const Expected& expected : inFlight_) {
        if (!expected.entry) continue;
        if (next == entries.end()) return differ(expected.step, "no log entry");
        std::vector<std::string> fields;
        for (const auto& item : next->items.at(1).items) fields.push_back(item.text);
        auto entry = redis::decodeLogEntry(std::stoll(next->items.at(0).text), fields);
        std::ranges::sort(entry.cells, {}, &CellState::key);
        std::ranges::sort(entry.bookings, {}, &Booking::id);
        std::ranges::sort(entry.erased);
        if (entry.offset != expected.entry->offset || entry.cells != expected.entry->cells ||
            entry.bookings != expected.entry->bookings || entry.erased != expected.entry->erased ||
            !entry.aside.empty() || entry.facilitiesChanged != expected.entry->facilitiesChanged) {
            differ(expected.step, "another log entry at " + next->items.at(0).text);
        }
        checkEntry(expected.step, entry);
        read_ = entry.offset;
        ++next;
    }
    if (next != entries.end() && !inFlight_.empty()) differ(inFlight_.back().step, "a log entry too many");
}

void Comparison::checkEntry(const Step& step, const redis::LogEntry& entry) {
    for (const CellState& state : entry.cells) checkCell(step, state);
    for (const Booking& booking : entry.bookings) {
        const auto before = loggedBookings_.find(booking.id);
        const bool known = before != loggedBookings_.end();
        if (booking.version != (known ? before->second.version : 0) + 1)
            differ(step, booking.id + " leaps in version");
        ++tally_.transitions[{known ? std::optional(before->second.state) : std::nullopt, booking.state}];
        loggedBookings_[booking.id] = booking;
    }
    for (const auto& id : entry.erased) loggedBookings_.erase(id);
}

void Comparison::checkCell(const Step& step, const CellState& state) {
    Cell& before = loggedCells_[state.key];
    if (state.cell.version != before.version + 1) differ(step, "a cell leaps in version");
    const bool worse = !before.overcommitted() || state.cell.committed() > before.committed();
    if (state.cell.open < 0 || state.cell.vip < state.cell.heldVip ||
        state.cell.other < state.cell.heldOther || state.cell.heldVip < 0 || state.cell.heldOther < 0)
        differ(step, "a cell's counts cannot be");
    if (state.cell.overcommitted() && worse && !mayOvercommit(step.command))
        differ(step, "a cell is overcommitted");
    if (before.closed && state.cell.closed && state.cell.committed() > before.committed())
        differ(step, "a closed cell takes places");
    if (before.closedByHand && !state.cell.closedByHand && !std::holds_alternative<ReopenCells>(step.command))
        differ(step, "a cell that its manager closed is reopened");
    before = state.cell;
}

void Comparison::compareStates() {
    settle();
    compareCells();
    compareBookings();
    compareHolds();
    compareCases();
    compareLists();
    compareHistories();
}

void Comparison::compareCells() {
    std::map<CellKey, Cell> stored;
    const std::string prefix = tag + ":cells:";
    for (const auto& key : call({"KEYS", prefix + "*"}).items) {
        const std::string place = suffixOf(key.text, prefix);
        const auto colon = place.find(':');
        const auto fields = call({"HGETALL", key.text}).items;
        for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
            const auto bar = fields[i].text.find('|');
            stored[{place.substr(0, colon), *dateFrom(place.substr(colon + 1)), fields[i].text.substr(0, bar),
                    fields[i].text.substr(bar + 1)}] = redis::decodeCell(fields[i + 1].text);
        }
    }
    if (stored != model_.cells()) difference_ = difference_.value_or("the stored cells differ");

    const auto committed = committedBy(model_.bookings());
    for (const auto& [key, cell] : stored) {
        const auto found = committed.find(key);
        const auto counts = found == committed.end() ? std::array<int, 4>{} : found->second;
        if (counts != std::array{cell.vip, cell.other, cell.heldVip, cell.heldOther}) {
            difference_ = difference_.value_or("a cell's counts are not those of its bookings");
        }
    }
}

void Comparison::compareBookings() {
    const auto keys = call({"KEYS", tag + ":booking:*"}).items;
    for (const auto& key : keys) redis_.send({"GET", key.text});
    std::map<std::string, Booking> stored;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Booking booking = redis::decodeBooking(redis_.receive().text);
        stored.emplace(booking.id, booking);
    }
    if (stored != model_.bookings()) difference_ = difference_.value_or("the stored bookings differ");
}

void Comparison::compareHolds() {
    std::map<std::string, std::string> stored, expected;
    const auto members = call({"ZRANGE", tag + ":holds", "0", "-1", "WITHSCORES"}).items;
    for (std::size_t i = 0; i + 1 < members.size(); i += 2) stored[members[i].text] = members[i + 1].text;
    for (const auto& [id, booking] : model_.bookings()) {
        if (booking.state != BookingState::held) continue;
        expected[id + '|' + booking.facility] = std::to_string(booking.expiresAt->time_since_epoch().count());
    }
    if (stored != expected) difference_ = difference_.value_or("the index of holds differs");
}

void Comparison::compareCases() {
    std::map<std::string, int> stored, expected;
    const std::string prefix = tag + ":case:";
    for (const auto& key : call({"KEYS", prefix + "*"}).items) {
        const auto fields = call({"HGETALL", key.text}).items;
        for (std::size_t i = 0; i + 1 < fields.size(); i += 2) {
            stored[suffixOf(key.text, prefix) + ' ' + fields[i].text] = std::stoi(fields[i + 1].text);
        }
    }
    for (const auto& [id, booking] : model_.bookings()) {
        if (!booking.live() || booking.caseRef.empty()) continue;
        for (const Place& place : booking.places) {
            if (place.outcome == PlaceOutcome::cancelled) continue;
            ++expected[booking.office + ':' + caseOf(booking) + ' ' + booking.facility + '|' +
                       toText(place.date) + '|' + place.period];
        }
    }
    if (stored != expected) difference_ = difference_.value_or("the index of cases differs");
}

std::set<std::string> Comparison::members(const std::string& key, const char* all) {
    std::vector<std::string> command{all, key};
    if (std::string_view(all) == "ZRANGE") command.insert(command.end(), {"0", "-1"});
    std::set<std::string> found;
    for (const auto& item : call(command).items) found.insert(item.text);
    return found;
}

// A booking is in the sets of its days and in both lists as long as it exists, and nowhere else.
void Comparison::compareLists() {
    std::map<std::string, std::set<std::string>> stored, expected;
    for (const char* kind : {"facility:", "office:"})
        for (const auto& key : call({"KEYS", tag + ":" + kind + "*"}).items)
            stored[suffixOf(key.text, tag + ":")] = members(key.text, "ZRANGE");
    for (const auto& key : call({"KEYS", tag + ":day:*"}).items)
        stored[suffixOf(key.text, tag + ":")] = members(key.text, "SMEMBERS");
    stored["days"] = members(tag + ":days", "ZRANGE");

    std::set<std::string>& days = expected["days"];
    for (const auto& [key, cell] : model_.cells()) days.insert(toText(key.date) + "|" + key.facility);
    for (const auto& [id, booking] : model_.bookings()) {
        const auto last = std::ranges::max_element(booking.places, {}, &Place::date)->date;
        expected["facility:" + booking.facility].insert(toText(last) + "|" + id);
        expected["office:" + booking.office].insert(toText(last) + "|" + id);
        for (const auto& place : booking.places)
            if (days.contains(toText(place.date) + "|" +
                              booking.facility))  // else it was erased before the booking
                expected["day:" + booking.facility + ":" + toText(place.date)].insert(id);
    }
    if (stored == expected) return;
    for (const auto& [list, ids] : stored)
        if (!expected.contains(list) || expected[list] != ids)
            difference_ = difference_.value_or("the list " + list + " differs");
    difference_ = difference_.value_or("a list is missing");
}

void Comparison::compareHistories() {
    std::map<Model::Day, std::vector<CountChange>> stored;
    const std::string prefix = tag + ":history:";
    for (const auto& key : call({"KEYS", prefix + "*"}).items) {
        const std::string day = suffixOf(key.text, prefix);
        const auto colon = day.find(':');
        auto& changes = stored[{day.substr(0, colon), *dateFrom(day.substr(colon + 1))}];
        for (const auto& line : call({"LRANGE", key.text, "-100", "-1"}).items)
            changes.push_back(redis::countChangeFrom(line.text).value());
    }
    if (stored != model_.histories()) difference_ = difference_.value_or("the histories of counts differ");
}

int Comparison::forget(Forget command, Instant now, int limit) {
    settle();
    model_.apply({}, command, now).value();
    command.limit = limit;
    for (int calls = 1;; ++calls) {
        const auto outcome = redis::decodeOutcome(call(callOf(redis::encode({}, command, now))).text).value();
        read_ = outcome.offset;
        if (!outcome.moreDue) return calls;
    }
}

redis::BookingPage Comparison::page(const redis::BookingFilter& filter) {
    return redis::decodePage(call(callOf(redis::encode(filter))));
}

std::map<CellKey, std::array<int, 4>> committedBy(const std::map<std::string, Booking>& bookings) {
    std::map<CellKey, std::array<int, 4>> counts;
    for (const auto& [id, booking] : bookings) {
        if (!booking.live()) continue;
        for (const Place& place : booking.places) {
            if (place.outcome == PlaceOutcome::cancelled) continue;
            auto& count = counts[{booking.facility, place.date, place.period, place.section}];
            const std::size_t care = booking.care == Care::vip ? 0 : 1;
            ++count[care];
            if (booking.state == BookingState::held) ++count[2 + care];
        }
    }
    return counts;
}

}  // namespace placette::test
