#include "placette/domain/legal.hpp"

#include <algorithm>

#include "domain/name_table.hpp"

namespace placette {
namespace {

constexpr auto rules =
    namesOf<LegalRule>("over_capacity", "ratio", "two_adults", "micro_creche", "childminder");
constexpr auto ratios = namesOf<StaffRatio>("five_eight", "six");

constexpr int notWalkingPerAdult = 5, walkingPerAdult = 8, anyPerAdult = 6;
constexpr int aloneInMicroCreche = 3;
constexpr int perChildminder = 4, underElevenPerChildminder = 6;

bool isCollective(FacilityKind kind) {
    return kind != FacilityKind::childminder && kind != FacilityKind::creche_familiale;
}

// Zero: not known.
int capacityOf(const Facility& facility, const Period& period) {
    const int capacity = period.capacity.value_or(facility.capacity);
    return facility.kind == FacilityKind::micro_creche ? std::min(capacity, mostOfMicroCreche) : capacity;
}

int floorOf(int value, int divisor) {
    return value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}

// What the adults' time still allows, in children who do not walk; below zero: too many are there.
int mostByRatio(const Present& present, StaffRatio ratio) {
    if (ratio == StaffRatio::six) return present.adults * anyPerAdult;
    const int left = present.adults * notWalkingPerAdult * walkingPerAdult -
                     present.nonWalkers * walkingPerAdult - present.walkers * notWalkingPerAdult;
    return present.children() + floorOf(left, walkingPerAdult);
}

void addCollective(std::vector<LegalLimit>& limits, const Facility& facility, const Period& period,
                   const Present& present, StaffRatio ratio) {
    if (const auto most = mostAtOnce(facility, period)) limits.push_back({LegalRule::over_capacity, *most});
    limits.push_back({LegalRule::ratio, mostByRatio(present, ratio)});
    const bool isMicro = facility.kind == FacilityKind::micro_creche;
    if (present.adults < 2)
        limits.push_back({LegalRule::two_adults, isMicro && present.adults == 1 ? aloneInMicroCreche : 0});
    if (isMicro) limits.push_back({LegalRule::micro_creche, mostAtOnce(mostOfMicroCreche)});
}

// Of a crèche familiale the adults who are there are its childminders.
int mostOfChildminders(const Facility& facility, const Period& period, const Present& present) {
    const bool alone = facility.kind == FacilityKind::childminder;
    const int approved = perChildminder * (alone ? std::min(1, present.adults) : present.adults);
    const int capacity = capacityOf(facility, period);
    return capacity == 0 ? approved : std::min(approved, capacity);
}

}  // namespace

std::string_view name(LegalRule rule) {
    return rules[rule];
}

std::string_view articleOf(LegalRule rule) {
    switch (rule) {
        case LegalRule::over_capacity:
            return "CSP R2324-27";
        case LegalRule::ratio:
            return "CSP R2324-43";
        case LegalRule::two_adults:
            return "CSP R2324-43-1";
        case LegalRule::micro_creche:
            return "CSP R2324-46";
        case LegalRule::childminder:
            break;
    }
    return "CASF L421-4";
}

std::optional<StaffRatio> staffRatioFrom(std::string_view text) {
    return ratios.find(text);
}

int mostAtOnce(int capacity) {
    return (capacity * 115 + 99) / 100;
}

std::optional<int> mostAtOnce(const Facility& facility, const Period& period) {
    const int capacity = capacityOf(facility, period);
    if (capacity == 0 || !isCollective(facility.kind)) return std::nullopt;
    return mostAtOnce(capacity);
}

std::vector<LegalLimit> legalLimits(const Facility& facility, const Period& period, const Present& present,
                                    StaffRatio ratio) {
    std::vector<LegalLimit> limits;
    if (isCollective(facility.kind))
        addCollective(limits, facility, period, present, ratio);
    else
        limits.push_back({LegalRule::childminder, mostOfChildminders(facility, period, present)});
    for (auto& limit : limits) limit.children = std::max(0, limit.children);
    std::ranges::stable_sort(limits, {}, &LegalLimit::children);
    return limits;
}

bool childminderMay(int underThree, int underEleven) {
    return underThree <= perChildminder && underEleven <= underElevenPerChildminder;
}

}  // namespace placette
