#include "service/opening.hpp"

namespace placette::service {

Result<const Period*> openPeriod(const Facility& facility, Date date, const std::string& id, Date today,
                                 const std::string& path) {
    const auto* period = facility.period(id);
    if (!period)
        return problem(ProblemType::invalid_params, "the facility has no such period", path + ".period");
    if (date > today + furthestAhead)
        return problem(ProblemType::invalid_params, "more than 400 days ahead", path + ".date");
    if (facility.closedBy(date))
        return problem(ProblemType::closed, "the facility is closed on that day", path + ".date");
    if (!facility.opensOn(date, *period))
        return problem(ProblemType::outside_hours, "that period is not open on that weekday", path + ".date");
    return period;
}

}  // namespace placette::service
