#include "service/approving.hpp"

#include <algorithm>

#include "placette/domain/approval.hpp"

namespace placette::service {

Approving approvingOf(const Facility& facility, const date::time_zone& zone, const std::vector<Place>& places,
                      Instant now) {
    const auto first = std::ranges::min_element(places, {}, &Place::startsAt)->startsAt;
    return {facility.approval, facility.newcomers, decideBy(now, first, facility, zone)};
}

}  // namespace placette::service
