// A territory as a document that an import takes back.
#pragma once

#include "service/territory_store.hpp"

namespace placette::service {

struct Exported {
    std::string document;  // JSON
    int cells = 0;
    int leftOut = 0;  // counts that an import would refuse, or make free again: nobody opens then, a manager
                      // closed them, or they were never confirmed
};

// With its counts from that day on; nullopt: from its today. An unknown territory is `invalid_params`.
Awaitable<Result<Exported>> exportTerritory(Territories, std::string id, std::optional<Date> from);

}  // namespace placette::service
