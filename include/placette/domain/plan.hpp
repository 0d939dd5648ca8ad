// Plans: where all of a need of several days, for one child or several, can be had. Pure: counts and the time
// go in, plans come out; nothing is taken.
//
// What a facility can take is decided place by place, as a booking would be: open on that day, not past, a
// section for the age that each child has then, enough free places for all of them together. Then:
//
// 1. Whole in one facility, wherever that is possible.
// 2. Only where it is possible nowhere, whole in two. Any half-day of any child may be in either of the two,
//    and a child is never in both at one time.
// 3. Only where that is possible nowhere either, as much as one or two can take.
//
// The order is total, so equal questions get equal answers. First what has the least of, in this order: places
// that are missing; facilities; half-days with siblings in two places; days in two places; places where the
// child is not known; places in the second facility. Then the nearer (of two, the farther counts; a tenth of
// a kilometre is the same; unknown is last), one that is reached on foot, fewer places with a stale count,
// and at last the facilities' ids. Each plan is the best that its facilities allow, and no pair is left out.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "placette/domain/cell.hpp"
#include "placette/domain/day_counts.hpp"
#include "placette/domain/facility.hpp"

namespace placette {

constexpr std::size_t maxPlanChildren = 6;
constexpr std::size_t maxPlanPlaces = 60;        // wants × children
constexpr std::size_t maxHalfDaysOfDay = 4;      // asked by name
constexpr std::chrono::minutes longestBreak{2 * 60};  // at noon, when a facility sends the children home
constexpr double walkableKm = 2;

struct Hours {
    TimeOfDay start{}, end{};
    bool operator==(const Hours&) const = default;
};

// What is asked together of one day, for every child.
struct Want {
    Date date{};
    std::string period{};        // a half-day by its name; or empty, and
    std::vector<Hours> hours{};  // by the clock: ascending, apart. All of them in the same facility
    bool operator==(const Want&) const = default;
};

struct PlanNeed {
    // By date; of one day either hours alone or half-days, each once. At most maxPlanPlaces × children.
    std::vector<Want> wants;
    std::vector<std::string> children;  // birth months, 1..maxPlanChildren
    Care care = Care::vip;
    Instant now{};
    std::size_t limit = 3;
};

std::vector<Date> datesOf(const std::vector<Want>&);  // each once, ascending: the days of the counts

struct PlanHouse {  // a facility that is asked
    const Facility* facility = nullptr;      // outlives the search
    const date::time_zone* zone = nullptr;   // of its territory
    DayCounts counts{};                      // of datesOf() the wants
    bool known = false;                      // the children have been there before
    std::optional<double> km{};              // from where the family lives; or what the way is longer by
    bool onFoot = false;                     // reached without a car, as far as that can be told
};

struct PlannedPlace {
    Date date{};
    std::string period, section;
    int child = 0;
    bool stale = false;  // the count is too old to be trusted blindly
    bool operator==(const PlannedPlace&) const = default;
};

struct PlanPart {
    std::size_t house = 0;             // index
    std::vector<PlannedPlace> places;  // by date, in the order of the wants, then of the children
};

struct MissingPlace {
    std::size_t want = 0;
    int child = 0;
    bool operator==(const MissingPlace&) const = default;
};

struct Plan {
    std::vector<PlanPart> parts;  // one or two: first the one that stands for the most of it
    std::vector<MissingPlace> missing{};
    std::vector<std::size_t> apart{};  // wants with siblings in two places
    std::optional<double> km{};        // of the farther part

    bool complete() const { return missing.empty(); }
    bool stale() const;  // any of its places
};

std::vector<Plan> searchPlans(const PlanNeed&, const std::vector<PlanHouse>&);

// Why this one, in French, the weightiest first. `detour`: km is what the way is longer by.
std::vector<std::string> whyOf(const Plan&, const PlanNeed&, const std::vector<PlanHouse>&, bool detour);

// Reached without a car, as far as that can be told: near one of these points, or said to be by foot or train.
bool reachedOnFoot(const Facility&, std::optional<double> km);

}  // namespace placette
