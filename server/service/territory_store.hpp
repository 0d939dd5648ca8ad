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
// Living bookings that would not fit any more are `below_committed`, with their ids; a facility with bookings
// to come cannot go.
enum class HowChanged {
    sparing,     // where no booking is hit
    displacing,  // those that are hit are cancelled by the facility
    notAtAll,    // it is only told what would be hit
};
using TerritoryChange = std::function<Result<Territory>(const Territory* present)>;
Awaitable<Result<Outcome>> changeTerritory(Territories, std::string id, WriteHeader, TerritoryChange,
                                           HowChanged = HowChanged::sparing);
// The id of a facility that is no more may be another's.
Awaitable<void> releaseFacility(redis::Store&, std::string territory, std::string facility);

// Tells every node of a territory that it may not know.
Awaitable<Result<void>> announceTerritory(redis::Store&, std::string id);

}  // namespace placette::service
