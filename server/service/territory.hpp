// facility.* and territory.*: who offers care, where and when.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> facilityList(Environment&, Caller&, Json params);
Awaitable<Answer> facilityUpsert(Environment&, Caller&, Json params);

Awaitable<Answer> territoryGet(Environment&, Caller&, Json params);
Awaitable<Answer> territoryImport(Environment&, Caller&, Json params);

}  // namespace placette::service
