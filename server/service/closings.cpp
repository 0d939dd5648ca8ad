#include "service/closings.hpp"

#include <string_view>
#include <unordered_map>

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
    std::unordered_map<std::string_view, const Facility*> known;
    for (const auto& facility : before.facilities) known.emplace(facility.id, &facility);
    std::vector<PutTerritory::Closing> closings;
    for (const auto& facility : after.facilities) {
        const auto old = known.find(facility.id);
        if (old == known.end() || old->second->closures == facility.closures) continue;
        for (auto day = today; day <= today + furthestAhead; day += date::days{1})
            if (old->second->closedBy(day) != facility.closedBy(day))
                addDay(closings, facility, day, facility.closedBy(day));
    }
    return closings;
}

}  // namespace placette::service
