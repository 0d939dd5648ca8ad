#include "hub/change.hpp"

#include <spdlog/spdlog.h>

#include "protocol/encode.hpp"

namespace placette::hub {

namespace {

std::size_t bytesOf(const LoggedChange& change) {
    std::size_t bytes = sizeof change;
    for (const auto& cell : change.cells) bytes += sizeof(CellState) + sizeof cell + cell.capacity();
    for (const auto& booking : change.entry.bookings)
        bytes += sizeof booking + booking.places.size() * sizeof booking.places[0];
    return bytes;
}

}  // namespace

Change logged(redis::LogEntry entry) {
    auto change = std::make_shared<LoggedChange>();
    change->entry = std::move(entry);
    change->cells.reserve(change->entry.cells.size());
    for (const auto& state : change->entry.cells) encode::cell(change->cells.emplace_back(), state);
    change->bytes = bytesOf(*change);
    return change;
}

Change decoded(const redis::RawEntry& raw) {
    try {
        return logged(redis::decodeLogEntry(raw.offset(), raw.fields));
    } catch (const std::exception& error) {
        spdlog::warn("entry {} of a log cannot be read: {}", raw.id, error.what());
        return nullptr;
    }
}

}  // namespace placette::hub
