#include "service/opening.hpp"

#include <algorithm>

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

std::optional<Problem> weekFault(const Facility& facility, const std::vector<WeekCell>& week,
                                 const std::string& path) {
    for (std::size_t i = 0; i < week.size(); ++i) {
        const auto at = path + '[' + std::to_string(i) + ']';
        const auto* period = facility.period(week[i].period);
        if (!period)
            return Problem{ProblemType::invalid_params, "the facility has no such period", at + ".period"};
        if (std::ranges::find(period->days, week[i].day) == period->days.end())
            return Problem{ProblemType::invalid_params, "the period is not open on that weekday",
                           at + ".day"};
        if (!facility.section(week[i].section))
            return Problem{ProblemType::invalid_params, "the facility has no such section", at + ".section"};
    }
    return std::nullopt;
}

}  // namespace placette::service
