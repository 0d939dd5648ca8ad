// availability.*: the counts of one facility, set by its manager or its software.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> availabilitySet(Environment&, Caller&, Json params);
Awaitable<Answer> availabilityAdjust(Environment&, Caller&, Json params);
Awaitable<Answer> availabilityConfirm(Environment&, Caller&, Json params);

}  // namespace placette::service
