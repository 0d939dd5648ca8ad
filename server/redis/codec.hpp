// The engine's values as the functions take and give them (JSON text). Private to Redis: the wire has its
// own.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/commands.hpp"

namespace placette::redis {

struct FunctionCall {
    const char* function = nullptr;  // without the library's prefix
    std::string arguments;           // JSON
    bool readOnly = false;
    std::map<std::string, std::string> fields;  // what put_territory keeps unread
};
// As a command: `prefix` is that of the library's functions, `tag` the territory's.
std::vector<std::string> words(FunctionCall, const std::string& prefix, std::string tag);

// `now` overrides the clock of Redis: for tests alone.
FunctionCall encode(const WriteHeader&, const Command&, std::optional<Instant> now = {});
Result<Outcome> decodeOutcome(std::string_view json);

Booking decodeBooking(std::string_view json);  // a stored record
Cell decodeCell(std::string_view stored);      // a value of a cells hash
std::string encodeCell(const Cell&);

// One entry of a territory's log: the new absolute states that one change made.
struct LogEntry {
    std::int64_t offset = 0;
    std::optional<Instant> at;  // by the clock of Redis; none: before entries had it
    std::vector<CellState> cells;
    std::vector<Booking> bookings;
    bool facilitiesChanged = false;   // read the territory document again
    std::vector<std::string> erased;  // bookings
    std::vector<std::string>
        aside;  // what could not be read, by its key; `doubt|<facility>`: verify its counts
};
LogEntry decodeLogEntry(std::int64_t offset, const std::vector<std::string>& fieldsAndValues);

}  // namespace placette::redis
