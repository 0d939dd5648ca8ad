// Territories as they are stored: one document each, replaced whole.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/facility.hpp"
#include "redis/store.hpp"

namespace placette::service {

using redis::Awaitable;

struct StoredTerritory {
    std::optional<Territory> territory;  // nullopt: there is none yet
    std::int64_t version = 0;
};
Awaitable<Result<StoredTerritory>> readStored(redis::Store&, std::string id);

// Which of these facilities are another territory's: an id is unique in the store.
Awaitable<Result<std::set<std::string>>> takenElsewhere(redis::Store&, std::string territory,
                                                        std::vector<std::string> facilities);

// Replaces the document by what `change` makes of it, and closes or reopens the cells of days whose closure
// changed, in one step; again if somebody else was quicker. Nothing is written where nothing changes. Its
// facilities' ids are claimed first.
struct ChangedTerritory {
    Territory territory;
    Outcome outcome;
};
using TerritoryChange = std::function<Territory(const std::optional<Territory>&)>;
Awaitable<Result<ChangedTerritory>> changeTerritory(redis::Store&, std::string id, WriteHeader,
                                                    TerritoryChange);

// Tells every node of a territory that it may not know.
Awaitable<Result<void>> announceTerritory(redis::Store&, std::string id);

}  // namespace placette::service
