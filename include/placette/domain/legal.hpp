// What French law lets a facility take at once: advice to its manager, no legal opinion (docs/legal.md has
// the texts, with a mark for what was read where).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "placette/domain/facility.hpp"

namespace placette {

enum class LegalRule { over_capacity, ratio, two_adults, micro_creche, childminder };
std::string_view name(LegalRule);
std::string_view articleOf(LegalRule);

// Of two ways to count staff the facility's own rules choose one (CSP R2324-43, arrêté of 8 October 2021).
enum class StaffRatio { five_eight, six };  // 1 adult per 5 who do not walk and 8 who do, or per 6 of all
std::optional<StaffRatio> staffRatioFrom(std::string_view);

struct Present {
    int adults = 0, walkers = 0, nonWalkers = 0;
    int children() const { return walkers + nonWalkers; }
};

struct LegalLimit {
    LegalRule rule;
    int children;  // at once, those who are there included
};

// The most children at once: 115 % of the authorised capacity, rounded up (CSP R2324-27).
int mostAtOnce(int capacity);

// The same for a period of a facility, by its own capacity where that is modulated. nullopt: the capacity is
// not known, or the rule is not for this kind.
std::optional<int> mostAtOnce(const Facility&, const Period&);

// Every rule that sets a limit here, the tightest first. Whoever comes more may be a child who does not walk.
std::vector<LegalLimit> legalLimits(const Facility&, const Period&, const Present&, StaffRatio);

constexpr int mostOfMicroCreche = 12;  // its capacity (CSP R2324-46)

// What a childminder may keep at once (CASF L421-4).
bool childminderMay(int underThree, int underEleven);

}  // namespace placette
