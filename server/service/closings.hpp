// What a change of a territory's document means for its cells and bookings.
#pragma once

#include <string>
#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/territory.hpp"

namespace placette::service {

// Which cells a change of closures closes or reopens.
std::vector<PutTerritory::Closing> closingsBetween(const Territory& before, const Territory& after,
                                                   Date today);

// How those open now that are not open as they were; and those that are no more.
std::vector<PutTerritory::Rule> rulesBetween(const Territory& before, const Territory& after);
std::vector<std::string> removedBetween(const Territory& before, const Territory& after);

}  // namespace placette::service
