// Until when a facility may answer a request.
#pragma once

#include <date/tz.h>

#include "placette/domain/facility.hpp"

namespace placette {

constexpr std::chrono::hours timeToDecide{2};      // of its opening hours, from the request on
constexpr std::chrono::hours lastAnswerBefore{1};  // before the first slot begins

// Two of the facility's opening hours after the request, and at the latest an hour before the first slot
// begins: there is no time left where that is not after `requested`. Opening hours are those of all periods,
// closures aside.
Instant decideBy(Instant requested, Instant firstStart, const Facility&, const date::time_zone&);

}  // namespace placette
