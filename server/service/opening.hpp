// When a facility takes children: what the server refuses before it asks the store.
#pragma once

#include <string>

#include "placette/domain/facility.hpp"

namespace placette::service {

constexpr date::days furthestAhead{400};

// The facility's period on that day. Else, with the fields `period` or `date` of `path` (or of the parameters
// themselves): `invalid_params` (no such period, or a day too far ahead), `closed`, `outside_hours`.
Result<const Period*> openPeriod(const Facility&, Date, const std::string& period, Date today,
                                 const std::string& path);

// What of a typical week the facility does not have, named below `path`.
std::optional<Problem> weekFault(const Facility&, const std::vector<WeekCell>&, const std::string& path);

}  // namespace placette::service
