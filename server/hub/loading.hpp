// What the feed reads at the start: documents, heads, cells and holds as they stand in Redis.
// Each answers nullopt or false where the connection failed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/documents.hpp"
#include "placette/domain/cell.hpp"
#include "placette/domain/directory.hpp"
#include "redis/store.hpp"

namespace placette::hub {

using redis::Awaitable;

std::string epochOf(const std::string& storeId, const std::string& history);

Awaitable<std::optional<std::vector<std::string>>> territoryIds(redis::Client&);

// Of several territories at once, in the order of their ids: one round trip each.
Awaitable<std::optional<std::vector<std::int64_t>>> logHeads(redis::Client&, std::vector<std::string> ids);
// A null entry where the territory has no document yet, or one that cannot be read.
Awaitable<std::optional<std::vector<Directory::Entry>>> storedTerritories(redis::Store&, Documents&,
                                                                          std::vector<std::string> ids);
using Holds = std::map<std::string, Instant>;  // by booking: when they end
Awaitable<std::optional<std::vector<Holds>>> storedHolds(redis::Client&, std::vector<std::string> ids);

// The log has every change since the territory began.
Awaitable<std::optional<bool>> logTellsAll(redis::Client&, std::string territory);

// Boards reach 31 days back, in every zone: what came of older days is told by bookings.
inline Date firstDayOfBoards(Instant now) {
    return date::floor<date::days>(now) - date::days{32};
}

// Keys by SCAN pattern: each cell from that day on with its territory, in no order. What is in flight is
// bounded, whatever the size of the store.
Awaitable<bool> eachStoredCell(redis::Client&, std::string pattern, Date from,
                               std::function<void(const std::string& territory, const CellState&)>);

}  // namespace placette::hub
