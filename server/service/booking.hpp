// booking.*: taken by an office, seen and attended to by a facility.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> bookingHold(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingCreate(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingConfirm(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingExtend(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingRelease(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingCancel(Environment&, Caller&, nlohmann::json params);

Awaitable<Answer> bookingAcknowledge(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingAttendance(Environment&, Caller&, nlohmann::json params);

Awaitable<Answer> bookingGet(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingList(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
