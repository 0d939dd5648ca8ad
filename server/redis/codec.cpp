#include "redis/codec.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <stdexcept>
#include <utility>

#include "redis/booking_record.hpp"
#include "redis/cell_text.hpp"

namespace placette::redis {
namespace {

using nlohmann::json;

template <class T>
void put(json& object, const char* field, const std::optional<T>& value) {
    if (value) object[field] = *value;
}

json staleItem(const CellKey& cell, Instant staleAt) {
    return {{"cell", cellName(cell)}, {"staleAt", millis(staleAt)}};
}

// One overload a command: fills the request, answers the function's name.
const char* fill(json& request, const SetCells& command) {
    json& items = request["items"] = json::array();
    for (const auto& item : command.items) {
        json& one = items.emplace_back(staleItem(item.cell, item.staleAt));
        one["open"] = item.open;
        put(one, "reserved", item.reserved);
        put(one, "expectedVersion", item.expectedVersion);
    }
    request["force"] = command.force;
    return "set_cells";
}

const char* fill(json& request, const AdjustCells& command) {
    json& items = request["items"] = json::array();
    for (const auto& item : command.items) {
        items.emplace_back(staleItem(item.cell, item.staleAt))["by"] = item.by;
    }
    request["force"] = command.force;
    return "adjust_cells";
}

const char* fill(json& request, const ConfirmCells& command) {
    request["facility"] = command.facility;
    json& days = request["days"] = json::array();
    for (const auto& day : command.days) {
        days.push_back({{"date", toText(day.date)}, {"staleAt", millis(day.staleAt)}});
    }
    return "confirm_cells";
}

const char* fill(json& request, const ImportCells& command) {
    json& items = request["items"] = json::array();
    for (const auto& item : command.items) {
        json& one = items.emplace_back(staleItem(item.cell, item.staleAt));
        one["open"] = item.open;
        one["reserved"] = item.reserved;
        if (item.confirmedAt) one["confirmedAt"] = millis(*item.confirmedAt);
    }
    request["onlyAbsent"] = command.onlyAbsent;
    return "import_cells";
}

const char* fill(json& request, const PutTerritory& command) {
    request["document"] = command.document;
    request["expectedVersion"] = command.expectedVersion;
    json& closings = request["closings"] = json::array();
    for (const auto& closing : command.closings) {
        closings.push_back({{"cell", cellName(closing.cell)}, {"closed", closing.closed}});
    }
    return "put_territory";
}

const char* fill(json& request, const HoldPlaces& command) {
    request["booking"] = newRecord(command.booking);
    request["ttl"] = command.ttl.count();
    request["confirm"] = command.confirm;
    request["force"] = command.force;
    return "hold";
}

const char* fill(json& request, const ConfirmBooking& command) {
    request["booking"] = command.booking;
    if (command.purpose) request["purpose"] = name(*command.purpose);
    put(request, "caseRef", command.caseRef);
    put(request, "commune", command.commune);
    put(request, "contact", command.sealedContact);
    request["force"] = command.force;
    return "confirm";
}

const char* fill(json& request, const ExtendHold& command) {
    request["booking"] = command.booking;
    return "extend";
}

const char* fill(json& request, const ReleaseHold& command) {
    request["booking"] = command.booking;
    return "release";
}

const char* fill(json& request, const AcknowledgeBooking& command) {
    request["booking"] = command.booking;
    return "acknowledge";
}

const char* fill(json& request, const CancelBooking& command) {
    request["booking"] = command.booking;
    request["by"] = name(command.by);
    request["reason"] = name(command.reason);
    request["places"] = command.places;
    return "cancel";
}

const char* fill(json& request, const RecordAttendance& command) {
    request["booking"] = command.booking;
    request["place"] = command.place;
    if (command.outcome != PlaceOutcome::none) request["outcome"] = name(command.outcome);
    return "attendance";
}

const char* fill(json&, const Sweep&) {
    return "sweep";
}

const char* fill(json&, const FindReplay&) {
    return "find_replay";
}

Problem decodeProblem(const json& object) {
    const auto type = problemTypeFrom(object.at("type").get_ref<const std::string&>());
    if (!type) throw std::runtime_error("unknown problem in an answer of the store");
    Problem problem{*type};
    problem.field = object.value("field", "");
    if (const auto retry = object.find("retryAfterMs"); retry != object.end())
        problem.retryAfter = std::chrono::milliseconds(retry->get<std::int64_t>());
    if (const auto cells = object.find("cells"); cells != object.end()) {
        for (const auto& cell : *cells)
            problem.cells.push_back(cellKeyFrom(cell.get_ref<const std::string&>()));
    }
    return problem;
}

template <class F>
void eachLine(std::string_view text, F use) {
    while (!text.empty()) {
        const auto end = text.find('\n');
        use(text.substr(0, end));
        if (end == std::string_view::npos) break;
        text.remove_prefix(end + 1);
    }
}

std::vector<CellState> decodeCellLines(std::string_view text) {
    std::vector<CellState> cells;
    eachLine(text, [&](std::string_view line) { cells.push_back(cellStateFrom(line)); });
    return cells;
}

}  // namespace

FunctionCall encode(const WriteHeader& header, const Command& command, std::optional<Instant> now) {
    json request = json::object();
    if (!header.key.empty()) {
        request["account"] = header.account;
        request["key"] = header.key;
        request["fingerprint"] = header.fingerprint;
    }
    if (now) request["now"] = millis(*now);
    const char* function = std::visit([&](const auto& one) { return fill(request, one); }, command);
    return {function, request.dump(), std::holds_alternative<FindReplay>(command)};
}

Result<Outcome> decodeOutcome(std::string_view text) {
    const json answer = json::parse(text);
    if (const auto refused = answer.find("problem"); refused != answer.end()) {
        return tl::unexpected<Problem>(decodeProblem(*refused));
    }
    Outcome outcome;
    outcome.replayed = answer.value("replayed", false);
    outcome.offset = answer.at("offset").get<std::int64_t>();
    if (const auto cells = answer.find("cells"); cells != answer.end()) {
        outcome.cells = decodeCellLines(cells->get_ref<const std::string&>());
    }
    if (const auto booking = answer.find("booking"); booking != answer.end()) {
        outcome.booking = bookingFromRecord(*booking);
    }
    outcome.count = answer.value("count", 0);
    if (const auto at = answer.find("confirmedAt"); at != answer.end()) outcome.confirmedAt = instantOf(*at);
    outcome.moreDue = answer.value("moreDue", false);
    return outcome;
}

Booking decodeBooking(std::string_view record) {
    return bookingFromRecord(json::parse(record));
}

LogEntry decodeLogEntry(std::int64_t offset, const std::vector<std::string>& fieldsAndValues) {
    LogEntry entry;
    entry.offset = offset;
    for (std::size_t i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
        const std::string& field = fieldsAndValues[i];
        const std::string& value = fieldsAndValues[i + 1];
        if (field == "cells") {
            entry.cells = decodeCellLines(value);
        } else if (field == "bookings") {
            eachLine(value, [&](std::string_view line) { entry.bookings.push_back(decodeBooking(line)); });
        } else if (field == "facilities") {
            entry.facilitiesChanged = true;
        }
    }
    return entry;
}

}  // namespace placette::redis
