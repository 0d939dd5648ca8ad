// Facilities, counts and needs for the tests of plans, by hand: everything is free unless a test says otherwise.
#pragma once

#include <list>

#include "placette/domain/plan.hpp"

namespace placette::planning {

using namespace std::chrono_literals;

inline Date day(const char* text) {
    return dateFrom(text).value();
}

inline const Date monday = day("2026-11-30"), tuesday = day("2026-12-01"), wednesday = day("2026-12-02"),
                  thursday = day("2026-12-03");

inline Facility aFacility(std::string id) {
    Facility one;
    one.id = std::move(id);
    one.name = one.id;
    one.commune = {"21292", "Genlis"};
    one.sections = {{"bebes", "Bébés", 2, 15}, {"moyens", "Moyens", 15, 24}, {"grands", "Grands", 24, 36}};
    one.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 3, 4, 5}, {}},
                   {"apres-midi", "Après-midi", 13h + 30min, 18h, {1, 2, 3, 4, 5}, {}}};
    return one;
}

struct World {
    PlanNeed need;
    std::list<Facility> facilities{};
    std::vector<PlanHouse> houses{};

    World() {
        need.children = {"2025-03"};  // 20 months in November 2026
        need.now = *instantFrom("2026-11-27T09:00:00Z");
        need.limit = 10;
    }

    World& asks(Date date, const char* period) {
        need.wants.push_back({date, period, {}});
        return *this;
    }
    World& asks(Date date, TimeOfDay start, TimeOfDay end) {
        need.wants.push_back({date, "", {{start, end}}});
        return *this;
    }
    World& child(const char* birthMonth) {
        need.children.emplace_back(birthMonth);
        return *this;
    }

    // After all that is asked. Two places in every cell, confirmed and to be trusted.
    PlanHouse& house(const char* id, std::optional<double> km = {}) {
        return house(aFacility(id), km);
    }
    PlanHouse& house(Facility facility, std::optional<double> km = {}) {
        facilities.push_back(std::move(facility));
        const auto& known = facilities.back();
        const auto days = datesOf(need.wants).size();
        PlanHouse house{&known, date::locate_zone("Europe/Paris"), DayCounts(known, days), false, km, false};
        houses.push_back(std::move(house));
        for (std::size_t each = 0; each < days; ++each)
            for (const auto& period : known.periods) set(houses.back(), each, period.id, 2);
        return houses.back();
    }

    // In all sections.
    void set(PlanHouse& house, std::size_t day, std::string_view period, int open, bool stale = false) {
        for (const auto& section : house.facility->sections) set(house, day, period, section.id, open, stale);
    }
    void set(PlanHouse& house, std::size_t day, std::string_view period, std::string_view section, int open,
             bool stale = false) {
        const auto indexOf = [](const auto& all, std::string_view id) {
            return static_cast<std::size_t>(std::ranges::find(all, id, [](const auto& one) { return one.id; }) -
                                            all.begin());
        };
        const auto& facility = *house.facility;
        auto& cell =
            house.counts.at(day, indexOf(facility.periods, period), indexOf(facility.sections, section));
        cell.version = 1;
        cell.open = open;
        cell.staleAt = stale ? need.now : need.now + 24h;
    }

    std::vector<Plan> plans() const { return searchPlans(need, houses); }
    std::vector<std::string> ids(const Plan& plan) const {
        std::vector<std::string> all;
        for (const auto& part : plan.parts) all.push_back(houses[part.house].facility->id);
        return all;
    }
    std::vector<std::string> why(const Plan& plan, bool detour = false) const {
        return whyOf(plan, need, houses, detour);
    }
};

}  // namespace placette::planning
