// facility.* and territory.*: who offers care, where and when.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> facilityList(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> facilityUpsert(Environment&, Caller&, nlohmann::json params);

Awaitable<Answer> territoryGet(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> territoryImport(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
