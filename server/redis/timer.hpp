// Timers on the concrete executor, and the token that answers errors as values.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/basic_waitable_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <chrono>

#include "redis/client.hpp"

namespace placette::redis {

using Clock = std::chrono::steady_clock;
using Timer = net::basic_waitable_timer<Clock, net::wait_traits<Clock>, Executor>;

// Until the time has passed or the timer is cancelled.
inline Awaitable<void> pause(Timer& timer, std::chrono::milliseconds time) {
    const auto token = net::as_tuple(net::use_awaitable_t<Executor>{});
    timer.expires_after(time);
    co_await timer.async_wait(token);
}

}  // namespace placette::redis
