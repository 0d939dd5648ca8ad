#include "identity/account.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace placette::identity {

namespace {

constexpr std::array<std::pair<Role, std::string_view>, 5> roleNames{{
    {Role::manager, "manager"},
    {Role::worker, "worker"},
    {Role::coordinator, "coordinator"},
    {Role::admin, "admin"},
    {Role::integrator, "integrator"},
}};

bool contains(const std::vector<std::string>& ids, std::string_view id) {
    return std::find(ids.begin(), ids.end(), id) != ids.end();
}

}  // namespace

std::string_view name(Role role) {
    for (const auto& [known, text] : roleNames)
        if (known == role) return text;
    return {};
}

std::optional<Role> roleFrom(std::string_view text) {
    for (const auto& [role, known] : roleNames)
        if (known == text) return role;
    return std::nullopt;
}

bool Account::has(Role role) const { return std::find(roles.begin(), roles.end(), role) != roles.end(); }
bool Account::runs(std::string_view facility) const { return contains(facilities, facility); }
bool Account::worksFor(std::string_view office) const { return contains(offices, office); }
bool Account::sees(std::string_view territory) const {
    return territories.empty() || contains(territories, territory);
}

}  // namespace placette::identity
