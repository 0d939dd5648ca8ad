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

std::vector<PutTerritory::Rule> rulesBetween(const Territory& before, const Territory& after) {
    std::vector<PutTerritory::Rule> rules;
    for (std::size_t i = 0; i < after.facilities.size(); ++i) {
        const auto& is = after.facilities[i];
        const auto* was = before.facilities.find(is.id, i);
        if (!was ||
            (was->periods == is.periods && was->sections == is.sections && was->closures == is.closures))
            continue;
        PutTerritory::Rule rule{is.id, is.periods, {}, is.closures};
        for (const auto& section : is.sections) rule.sections.push_back(section.id);
        rules.push_back(std::move(rule));
    }
    return rules;
}

std::vector<std::string> removedBetween(const Territory& before, const Territory& after) {
    std::vector<std::string> ids;
    for (std::size_t i = 0; i < before.facilities.size(); ++i)
        if (!after.facilities.find(before.facilities[i].id, i)) ids.push_back(before.facilities[i].id);
    return ids;
}

}  // namespace placette::service
