// session.*: who is calling, and what applies to the caller.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> sessionHello(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> sessionAuthenticate(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
