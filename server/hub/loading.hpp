// What the feed reads at the start: documents, heads, cells and holds as they stand in Redis.
// Each answers nullopt or false where the connection failed.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "placette/domain/cell.hpp"
#include "placette/domain/directory.hpp"
#include "redis/store.hpp"

namespace placette::hub {

using redis::Awaitable;

std::string epochOf(const std::string& storeId, const std::string& runId);

Awaitable<std::optional<std::vector<std::string>>> territoryIds(redis::Client&);
Awaitable<std::optional<std::int64_t>> logHead(redis::Client&, std::string territory);
// The inner value is null where the territory has no document yet.
Awaitable<std::optional<Directory::Entry>> storedTerritory(redis::Store&, std::string territory);
Awaitable<std::optional<std::map<std::string, Instant>>> storedHolds(redis::Client&, std::string territory);
// Keys by SCAN pattern: each cell with its territory, in no order.
Awaitable<bool> eachStoredCell(redis::Client&, std::string pattern,
                               std::function<void(const std::string& territory, CellState)>);

}  // namespace placette::hub
