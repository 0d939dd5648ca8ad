// The changes of an account that several calls make, as transactions on what was read of it.
#pragma once

#include <optional>
#include <string>

#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"

namespace placette::identity {

std::optional<Problem> passwordProblem(const std::string& password);  // too short: `invalid_params`

Transaction changeOf(const StoredAccount&);  // if nothing else has changed it since
// And the tokens, which somebody may have made who knew the password.
void endSessions(Transaction&, const std::string& account);
// A pending code is used up, and all that was open ends: next(generation) is that of the sessions from then
// on.
Transaction newPasswordOf(const StoredAccount&, const std::string& hashed);
std::string next(const std::string& generation);

}  // namespace placette::identity
