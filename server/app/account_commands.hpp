// The work behind `placette account add` and `placette token create`, on a connected client of Redis.
// Each answers the exit status: 0; 1 where it was refused, with the reason on `errors`.
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

#include "identity/passwords.hpp"
#include "redis/client.hpp"

namespace placette::app {

struct AccountAdd {
    std::string account, name, phone;
    std::vector<std::string> roles, facilities, offices, territories;
    std::optional<std::string> password;  // of --password-stdin; without it a one-time code is printed
};
struct TokenCreate {
    std::string account;
    std::string name = "command line";
};

// The first line of what is typed or piped in.
std::string readPassword(std::istream&);

redis::Awaitable<int> addAccount(redis::Client&, identity::Passwords&, AccountAdd, std::ostream& out,
                                 std::ostream& errors);
redis::Awaitable<int> createToken(redis::Client&, identity::Passwords&, TokenCreate, std::ostream& out,
                                  std::ostream& errors);

}  // namespace placette::app
