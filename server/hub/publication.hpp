// Typical weeks that publish themselves: each day, and whenever a facility changes its week or how far it
// reaches, the days in reach get their absent cells. The territory's midnight counts. Several nodes may all
// do it: the store does it once.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "hub/documents.hpp"
#include "redis/store.hpp"

namespace placette::hub {

class Publication {
public:
    Publication(redis::Store& store, Documents& documents) : store_(store), documents_(documents) {}

    // What is due at that instant. False: the store could not be asked, so it is to be done again.
    redis::Awaitable<bool> publish(std::vector<std::string> territories, Instant at);

private:
    struct Published {  // what was seen last
        std::string revision;
        Date day{};
        bool operator==(const Published&) const = default;
    };
    redis::Awaitable<bool> publish(Directory::Entry territory, Date today);

    redis::Store& store_;
    Documents& documents_;
    std::map<std::string, Published> done_;  // by territory
};

}  // namespace placette::hub
