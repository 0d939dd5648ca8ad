#include "identity/account.hpp"

#include <algorithm>

#include "domain/name_table.hpp"

namespace placette::identity {

namespace {

constexpr auto roleNames = namesOf<Role>("manager", "worker", "coordinator", "admin", "integrator");

bool contains(const std::vector<std::string>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

std::string_view name(Role role) {
    return roleNames[role];
}
std::optional<Role> roleFrom(std::string_view text) {
    return roleNames.find(text);
}

bool Account::has(Role role) const {
    return std::find(roles.begin(), roles.end(), role) != roles.end();
}
bool Account::hasAny(Roles any) const {
    return std::ranges::any_of(roles, [&](Role role) { return any.has(role); });
}
bool Account::runs(std::string_view facility) const {
    return hasAny({Role::manager, Role::integrator}) && contains(facilities, facility);
}
bool Account::worksFor(std::string_view office) const {
    return has(Role::worker) && contains(offices, office);
}
bool Account::sees(std::string_view territory) const {
    return territories.empty() || contains(territories, territory);
}

}  // namespace placette::identity
