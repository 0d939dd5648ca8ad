// account.* and token.*: who may sign in.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> accountCreate(Environment&, Caller&, Json params);
Awaitable<Answer> accountList(Environment&, Caller&, Json params);
Awaitable<Answer> accountUpdate(Environment&, Caller&, Json params);
Awaitable<Answer> accountResetPassword(Environment&, Caller&, Json params);
Awaitable<Answer> accountPassword(Environment&, Caller&, Json params);

Awaitable<Answer> tokenCreate(Environment&, Caller&, Json params);
Awaitable<Answer> tokenList(Environment&, Caller&, Json params);
Awaitable<Answer> tokenRevoke(Environment&, Caller&, Json params);

}  // namespace placette::service
