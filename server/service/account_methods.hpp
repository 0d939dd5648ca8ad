// account.* and token.*: who may sign in.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> accountCreate(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> accountList(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> accountUpdate(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> accountResetPassword(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> accountPassword(Environment&, Caller&, nlohmann::json params);

Awaitable<Answer> tokenCreate(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> tokenList(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> tokenRevoke(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
