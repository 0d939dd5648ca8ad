// What the functions answer and log, read.
#include <charconv>
#include <stdexcept>

#include "redis/booking_record.hpp"
#include "redis/cell_text.hpp"
#include "redis/codec.hpp"
#include "redis/record.hpp"

namespace placette::redis {
namespace {

Problem problemFrom(Record object) {
    const auto type = problemTypeFrom(object.text("type"));
    if (!type) throw std::runtime_error("unknown problem in an answer of the store");
    Problem problem{*type};
    object.ifPresent("field", [&](Value field) { problem.field = textOf(field); });
    object.ifPresent("detail", [&](Value detail) { problem.detail = textOf(detail); });
    object.ifPresent("retryAfterMs", [&](Value retry) {
        problem.retryAfter = std::chrono::milliseconds(retry.get_int64().value());
    });
    object.ifPresent("cells", [&](Value cells) {
        for (Value cell : cells.get_array()) problem.cells.push_back(cellKeyFrom(textOf(cell)));
    });
    object.ifPresent("bookings", [&](Value ids) {
        for (Value id : ids.get_array()) problem.bookings.emplace_back(textOf(id));
    });
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

constexpr std::size_t usualLine = 80;  // characters; some more or fewer cost a growth, or some bytes

std::vector<CellState> cellsFromLines(std::string_view text) {
    std::vector<CellState> cells;
    cells.reserve(1 + text.size() / usualLine);
    eachLine(text, [&](std::string_view line) { cells.push_back(cellStateFrom(line)); });
    return cells;
}

Skipped skippedFrom(std::string_view line) {
    const auto bar = line.rfind('|');
    const auto why = problemTypeFrom(line.substr(bar + 1));
    if (bar == std::string_view::npos || !why)
        throw std::runtime_error("an unknown reason in an answer of the store");
    return {cellKeyFrom(line.substr(0, bar)), *why};
}

Outcome outcomeFrom(Record answer) {
    Outcome outcome;
    outcome.offset = answer.integer("offset");
    answer.ifPresent("replayed", [&](Value replayed) { outcome.replayed = replayed.get_bool(); });
    answer.ifPresent("cells", [&](Value cells) { outcome.cells = cellsFromLines(textOf(cells)); });
    answer.ifPresent("bookings", [&](Value bookings) {
        for (const Value booking : bookings.get_array()) outcome.bookings.push_back(bookingFrom(booking));
    });
    answer.ifPresent("count",
                     [&](Value count) { outcome.count = static_cast<int>(count.get_int64().value()); });
    answer.ifPresent("confirmedAt", [&](Value at) { outcome.confirmedAt = instantOf(at); });
    answer.ifPresent("moreDue", [&](Value more) { outcome.moreDue = more.get_bool(); });
    answer.ifPresent("skipped", [&](Value lines) {
        eachLine(textOf(lines), [&](std::string_view line) { outcome.skipped.push_back(skippedFrom(line)); });
    });
    return outcome;
}

}  // namespace

Result<Outcome> decodeOutcome(std::string_view json) {
    const auto answer = Record::parse(json);
    if (const auto refused = answer.find("problem"))
        return tl::unexpected<Problem>(problemFrom(Record(*refused)));
    return outcomeFrom(answer);
}

Booking decodeBooking(std::string_view json) {
    return bookingFrom(parsed(json));
}

LogEntry decodeLogEntry(std::int64_t offset, const std::vector<std::string>& fieldsAndValues) {
    LogEntry entry;
    entry.offset = offset;
    for (std::size_t i = 0; i + 1 < fieldsAndValues.size(); i += 2) {
        const std::string& field = fieldsAndValues[i];
        const std::string& value = fieldsAndValues[i + 1];
        if (field == "cells") {
            entry.cells = cellsFromLines(value);
        } else if (field == "bookings") {
            eachLine(value, [&](std::string_view line) { entry.bookings.push_back(decodeBooking(line)); });
        } else if (field == "facilities") {
            entry.facilitiesChanged = true;
        } else if (field == "erased") {
            eachLine(value, [&](std::string_view line) { entry.erased.emplace_back(line); });
        } else if (field == "aside") {
            eachLine(value, [&](std::string_view line) { entry.aside.emplace_back(line); });
        } else if (field == "at") {
            std::int64_t at = 0;
            if (std::from_chars(value.data(), value.data() + value.size(), at).ec == std::errc())
                entry.at = Instant{std::chrono::milliseconds{at}};
        }
    }
    return entry;
}

}  // namespace placette::redis
