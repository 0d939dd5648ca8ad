// Who may sign in, and for whom they speak.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace placette::identity {

enum class Role { manager, worker, coordinator, admin, integrator };
std::string_view name(Role);
std::optional<Role> roleFrom(std::string_view);

struct Account {
    std::string id;           // "manager@demo": what one signs in with
    std::string name, phone;  // shown beside a booking
    std::vector<Role> roles;
    std::vector<std::string> facilities;   // a manager's, an integrator's
    std::vector<std::string> offices;      // a worker's: office ids
    std::vector<std::string> territories;  // empty: all of the store
    bool disabled = false;
    bool operator==(const Account&) const = default;

    bool has(Role) const;
    bool runs(std::string_view facility) const;
    bool worksFor(std::string_view office) const;
    bool sees(std::string_view territory) const;
};

}  // namespace placette::identity
