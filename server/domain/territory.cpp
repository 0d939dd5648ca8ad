#include "placette/domain/territory.hpp"

#include "domain/name_table.hpp"

namespace placette {
namespace {

constexpr auto officeKinds =
    namesOf<OfficeKind>("esco", "point_relais_emploi", "france_travail", "mission_locale", "ccas", "pmi",
                        "caf", "centre_social", "france_services", "cap_emploi", "rpe");

}  // namespace

std::string_view name(OfficeKind kind) {
    return officeKinds[kind];
}
std::optional<OfficeKind> officeKindFrom(std::string_view text) {
    return officeKinds.find(text);
}
std::string officeKindNames() {
    return officeKinds.list();
}

}  // namespace placette
