// How long a confirmed count may be trusted, from the facility's opening days.
#pragma once

#include <date/tz.h>

#include <map>
#include <tuple>

#include "placette/domain/facility.hpp"

namespace placette {

// The first local midnight at which a count for `date`, confirmed at `confirmedAt`, is stale; at the latest
// the midnight that ends `date`. On a day T from the confirmation's day to `date` the count is fresh if
// - `date` is T or the next opening day after T: confirmed since noon of the opening day before T;
// - `date` is at most 7 days after T: confirmed on or after the third opening day before T;
// - `date` is later: confirmed on or after the tenth opening day before T.
Instant staleAt(Instant confirmedAt, Date date, const Facility&, const date::time_zone&);

// The same for many cells: those of a day are stale together. The facilities must outlive it.
class StaleTimes {
public:
    explicit StaleTimes(const date::time_zone& zone) : zone_(zone) {}
    Instant of(Instant confirmedAt, Date, const Facility&);

private:
    const date::time_zone& zone_;
    std::map<std::tuple<const Facility*, Instant, Date>, Instant> known_;
};

}  // namespace placette
