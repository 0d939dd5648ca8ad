// Who may sign in, and for whom they speak.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace placette::identity {

enum class Role { manager, worker, coordinator, admin, integrator };
std::string_view name(Role);
std::optional<Role> roleFrom(std::string_view);

class Roles {  // a set
public:
    constexpr Roles() = default;
    constexpr Roles(std::initializer_list<Role> roles) {
        for (const Role role : roles) bits_ |= bit(role);
    }
    constexpr bool has(Role role) const { return (bits_ & bit(role)) != 0; }

private:
    static constexpr unsigned bit(Role role) { return 1U << static_cast<unsigned>(role); }
    unsigned bits_ = 0;
};

struct Account {
    std::string id;           // "manager@demo": what one signs in with
    std::string name, phone;  // shown beside a booking
    std::vector<Role> roles;
    std::vector<std::string> facilities;   // a manager's, an integrator's; without these roles of no meaning
    std::vector<std::string> offices;      // a worker's: office ids; likewise
    std::vector<std::string> territories;  // empty: all of the store
    bool disabled = false;
    bool operator==(const Account&) const = default;

    bool has(Role) const;
    bool hasAny(Roles) const;
    bool runs(std::string_view facility) const;
    bool worksFor(std::string_view office) const;
    bool sees(std::string_view territory) const;
};

}  // namespace placette::identity
