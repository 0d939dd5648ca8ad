// board.*, booking.subscribe and booking.unsubscribe: reads of the shared board, and what follows them.
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "service/method.hpp"

namespace placette::service {

Awaitable<Answer> boardGet(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> boardSubscribe(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> boardUnsubscribe(Environment&, Caller&, nlohmann::json params);

Awaitable<Answer> bookingSubscribe(Environment&, Caller&, nlohmann::json params);
Awaitable<Answer> bookingUnsubscribe(Environment&, Caller&, nlohmann::json params);

}  // namespace placette::service
