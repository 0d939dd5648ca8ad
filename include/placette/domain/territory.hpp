// The territory: its communes, the offices that book for families, and its facilities.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/facilities.hpp"

namespace placette {

enum class OfficeKind {
    esco,
    point_relais_emploi,
    france_travail,
    mission_locale,
    ccas,
    pmi,
    caf,
    centre_social,
    france_services,
    cap_emploi,
    rpe,
};
std::string_view name(OfficeKind);
std::optional<OfficeKind> officeKindFrom(std::string_view);
std::string officeKindNames();  // all of them, for people

struct Commune {
    std::string insee, name, postcode;
    std::optional<int> population{};
    std::optional<double> latitude{}, longitude{};
    bool operator==(const Commune&) const = default;
};

struct Office {
    std::string id, name;
    OfficeKind kind = OfficeKind::esco;
    std::string commune;  // INSEE code
    std::string phone;
    bool operator==(const Office&) const = default;
};

struct Territory {
    std::string id;  // [A-Za-z0-9-]{1,32}
    std::string name;
    std::string timezone;                 // IANA name
    std::optional<bool> alsaceMoselle{};  // has its public holidays too; nullopt: not said, as no
    std::vector<Commune> communes;
    std::vector<Office> offices;
    Facilities facilities;
    bool operator==(const Territory&) const = default;
};

}  // namespace placette
