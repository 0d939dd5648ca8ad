// Which cells a change of closures closes or reopens.
#pragma once

#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/territory.hpp"

namespace placette::service {

std::vector<PutTerritory::Closing> closingsBetween(const Territory& before, const Territory& after,
                                                   Date today);

}  // namespace placette::service
