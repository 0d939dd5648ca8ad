// The accounts of `placette serve --demo`, with the password `demo`.
#pragma once

#include "identity/accounts.hpp"
#include "placette/domain/territory.hpp"

namespace placette::identity {

// Makes those that are not there yet: manager@demo for the territory's multi-accueils, worker@demo for the
// ESCO of Genlis, coordinator@demo, admin@demo. What exists stays as it is.
Awaitable<Result<void>> ensureDemoAccounts(Accounts&, Territory);

// Whether one of them may still sign in.
Awaitable<Result<bool>> hasDemoAccounts(Accounts&);

}  // namespace placette::identity
