// Accounts as JSON of the wire (schemas `user`, `accountView`, `token` in common.json). Each appends one
// object.
#pragma once

#include <string>

#include "identity/accounts.hpp"

namespace placette::identity {

void encodeUser(std::string& out, const Account&);     // as one sees oneself
void encodeAccount(std::string& out, const Account&);  // as administrators see it
void encodeToken(std::string& out, const Token&);

}  // namespace placette::identity
