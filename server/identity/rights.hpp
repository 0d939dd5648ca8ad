// The one table of rights: which role may call which method. Whose facility or office it is comes on top, in
// the services.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "identity/account.hpp"

namespace placette::identity {

struct Right {
    std::string_view method;
    std::vector<Role> roles;  // any of them; empty: every signed-in account
};
std::span<const Right> rights();                    // every method but session.hello and session.authenticate
bool may(const Account&, std::string_view method);  // false for a method that the table lacks

}  // namespace placette::identity
