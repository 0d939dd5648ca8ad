// booking.*: taken by an office, seen and attended to by a facility.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> bookingHold(Environment&, Caller&, Json params);
Awaitable<Answer> bookingCreate(Environment&, Caller&, Json params);
Awaitable<Answer> bookingConfirm(Environment&, Caller&, Json params);
Awaitable<Answer> bookingExtend(Environment&, Caller&, Json params);
Awaitable<Answer> bookingRelease(Environment&, Caller&, Json params);
Awaitable<Answer> bookingCancel(Environment&, Caller&, Json params);

Awaitable<Answer> bookingAcknowledge(Environment&, Caller&, Json params);
Awaitable<Answer> bookingAttendance(Environment&, Caller&, Json params);

Awaitable<Answer> bookingGet(Environment&, Caller&, Json params);
Awaitable<Answer> bookingList(Environment&, Caller&, Json params);

}  // namespace placette::service
