#include "redis/timer.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/use_awaitable.hpp>

namespace placette::redis {

Awaitable<void> pause(Timer& timer, std::chrono::milliseconds time) {
    const auto token = net::as_tuple(net::use_awaitable_t<Executor>{});
    timer.expires_after(time);
    co_await timer.async_wait(token);
}

}  // namespace placette::redis
