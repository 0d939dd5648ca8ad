// session.*: who is calling, and what applies to the caller.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> sessionHello(Environment&, Caller&, Json params);
Awaitable<Answer> sessionAuthenticate(Environment&, Caller&, Json params);

}  // namespace placette::service
