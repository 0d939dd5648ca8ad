// A facility's rules about agreeing first, as a call that takes places brings them along.
#pragma once

#include <vector>

#include "placette/domain/commands.hpp"

namespace placette::service {

Approving approvingOf(const Facility&, const date::time_zone&, const std::vector<Place>&, Instant now);

}  // namespace placette::service
