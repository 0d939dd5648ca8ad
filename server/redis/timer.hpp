// Timers on the concrete executor, and the token that answers errors as values.
#pragma once

#include <boost/asio/basic_waitable_timer.hpp>
#include <chrono>

#include "redis/client.hpp"

namespace placette::redis {

using Clock = std::chrono::steady_clock;
using Timer = net::basic_waitable_timer<Clock, net::wait_traits<Clock>, Executor>;

// Until the time has passed or the timer is cancelled.
Awaitable<void> pause(Timer& timer, std::chrono::milliseconds time);

}  // namespace placette::redis
