// The place engine of one territory as a pure model in memory: the specification of the Redis functions.
// Single-threaded; owns its cells and bookings; time is given by the caller.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>

#include "placette/domain/commands.hpp"

namespace placette {

class Engine {
public:
    Result<Outcome> apply(const WriteHeader&, const Command&, Instant now);

    const std::map<CellKey, Cell>& cells() const { return cells_; }
    const std::map<std::string, Booking>& bookings() const { return bookings_; }
    std::int64_t offset() const { return offset_; }

private:
    struct KeyRecord;
    std::map<CellKey, Cell> cells_;
    std::map<std::string, Booking> bookings_;
    std::int64_t offset_ = 0;
};

}  // namespace placette
