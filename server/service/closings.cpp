#include "service/closings.hpp"

#include "service/opening.hpp"

namespace placette::service {

namespace {

void addDay(std::vector<PutTerritory::Closing>& closings, const Facility& facility, Date day, bool closed) {
    for (const auto& period : facility.periods)
        for (const auto& section : facility.sections)
            closings.push_back({{facility.id, day, period.id, section.id}, closed});
}

}  // namespace

std::vector<PutTerritory::Closing> closingsBetween(const Territory& before, const Territory& after,
                                                   Date today) {
    std::vector<PutTerritory::Closing> closings;
    for (std::size_t i = 0; i < after.facilities.size(); ++i) {
        const auto& facility = after.facilities[i];
        const auto* old = before.facilities.find(facility.id, i);
        if (!old || old->closures == facility.closures) continue;
        for (auto day = today; day <= today + furthestAhead; day += date::days{1})
            if (old->closedBy(day) != facility.closedBy(day))
                addDay(closings, facility, day, facility.closedBy(day));
    }
    return closings;
}

}  // namespace placette::service
