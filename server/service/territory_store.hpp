// Territories as they are stored: read whole, changed by what differs.
#pragma once

#include <functional>
#include <set>
#include <string>
#include <vector>

#include "hub/documents.hpp"
#include "placette/domain/commands.hpp"
#include "placette/domain/directory.hpp"
#include "redis/store.hpp"

namespace placette::service {

using redis::Awaitable;

struct Territories {  // of one thread
    redis::Store& store;
    hub::Documents& documents;
};

// As the store has it now; null: there is none yet.
Awaitable<Result<Directory::Entry>> readStored(Territories, std::string id);
const Territory* territoryOf(const Directory::Entry&);  // null of null

// Which of these facilities are another territory's: an id is unique in the store.
Awaitable<Result<std::set<std::string>>> takenElsewhere(redis::Store&, std::string territory,
                                                        std::vector<std::string> facilities);

// Replaces the document by what `change` makes of it, and closes or reopens the cells of days whose closure
// changed, in one step; again if somebody else was quicker. Nothing is written where nothing changes. Its
// facilities' ids are claimed first.
using TerritoryChange = std::function<Result<Territory>(const Territory* present)>;
Awaitable<Result<Outcome>> changeTerritory(Territories, std::string id, WriteHeader, TerritoryChange);

// Tells every node of a territory that it may not know.
Awaitable<Result<void>> announceTerritory(redis::Store&, std::string id);

}  // namespace placette::service
