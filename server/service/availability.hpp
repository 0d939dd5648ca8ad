// availability.*: the counts of one facility, set by its manager or its software.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> availabilitySet(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> availabilityAdjust(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> availabilityConfirm(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
