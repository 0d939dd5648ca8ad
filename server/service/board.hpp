// board.*, booking.subscribe and booking.unsubscribe: reads of the shared board, and what follows them.
#pragma once

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> boardGet(Environment&, Caller&, Json params);
Awaitable<Answer> boardSubscribe(Environment&, Caller&, Json params);
Awaitable<Answer> boardUnsubscribe(Environment&, Caller&, Json params);

Awaitable<Answer> bookingSubscribe(Environment&, Caller&, Json params);
Awaitable<Answer> bookingUnsubscribe(Environment&, Caller&, Json params);

}  // namespace placette::service
