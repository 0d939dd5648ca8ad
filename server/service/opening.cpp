#include "service/opening.hpp"

namespace placette::service {

namespace {

std::string within(const std::string& path, const char* member) {
    return path.empty() ? member : path + '.' + member;
}

}  // namespace

Result<const Period*> openPeriod(const Facility& facility, Date date, const std::string& id, Date today,
                                 const std::string& path) {
    const auto* period = facility.period(id);
    if (!period)
        return problem(ProblemType::invalid_params, "the facility has no such period",
                       within(path, "period"));
    if (date > today + furthestAhead)
        return problem(ProblemType::invalid_params, "more than 400 days ahead", within(path, "date"));
    if (facility.closedBy(date))
        return problem(ProblemType::closed, "the facility is closed on that day", within(path, "date"));
    if (!facility.opensOn(date, *period))
        return problem(ProblemType::outside_hours, "that period is not open on that weekday",
                       within(path, "date"));
    return period;
}

}  // namespace placette::service
