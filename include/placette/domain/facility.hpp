// A facility: who offers care, where, when, for which ages.
#pragma once

#include <date/tz.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/house.hpp"
#include "placette/domain/problem.hpp"
#include "placette/domain/time.hpp"

namespace placette {

// Legal kinds: CSP R2324-17; `multi_accueil` and `halte_garderie` are usage, `childminder`: CASF L421-1.
enum class FacilityKind { multi_accueil, micro_creche, creche_familiale, halte_garderie, childminder };
std::string_view name(FacilityKind);
std::optional<FacilityKind> facilityKindFrom(std::string_view);
std::string facilityKindNames();  // all of them, for people

struct Section {
    std::string id, name;
    int minAgeMonths = 0;  // min ≤ age < max
    int maxAgeMonths = 0;
    bool operator==(const Section&) const = default;
};

struct Period {
    std::string id, name;
    TimeOfDay start{}, end{};
    std::vector<int> days;  // ISO weekdays 1 (Monday) .. 7, ascending
    std::optional<int> capacity{};
    bool operator==(const Period&) const = default;

    bool isOn(Date) const;  // by the weekday alone
};

struct Closure {
    Date from{}, to{};  // both included
    std::string reason;
    bool operator==(const Closure&) const = default;
};

struct CommuneRef {
    std::string insee, name;
    bool operator==(const CommuneRef&) const = default;
};

struct Facility {
    std::string id;  // [a-z0-9-]{1,64}, unique in the store
    std::string name;
    FacilityKind kind = FacilityKind::multi_accueil;
    CommuneRef commune;
    std::string address, access, phone;
    std::optional<double> latitude{}, longitude{};
    int capacity = 0;
    int reservedFloor = 0;
    std::vector<std::string> bring;
    std::vector<Section> sections;
    std::vector<Period> periods;
    std::vector<Closure> closures;
    House house{};
    bool operator==(const Facility&) const = default;

    const Section* section(std::string_view id) const;
    const Period* period(std::string_view id) const;
    const Section* sectionForAge(int months) const;  // nullptr: no section takes this age
    bool opensOn(Date) const;                        // any period on that weekday, and no closure
    bool opensOn(Date, const Period&) const;
    bool closedBy(Date) const;  // a closure covers the day
    std::optional<TimeOfDay> lastArrival(const Period&) const;
    bool bookableOnline() const;  // childminders and crèches familiales: a contract is due
};

// As it becomes where it is entered: what it leaves unsaid of the house stays as before (null: nothing was).
Facility entered(Facility, const Facility* before);

// Instants of a territory's local times. In the hour skipped in spring the first valid instant after it, in
// the hour repeated in autumn the earlier one.
Instant toInstant(Date, TimeOfDay, const date::time_zone&);
Date localDate(Instant, const date::time_zone&);

// The whole months from a birth month ("2025-03") to a day: a child born in March 2025 is 20 months old all
// through November 2026.
int ageMonths(std::string_view birthMonth, Date on);
std::string birthMonthFrom(int ageMonths, Date on);

}  // namespace placette
