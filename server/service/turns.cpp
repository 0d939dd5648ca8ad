#include "service/turns.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <optional>
#include <set>

#include "redis/timer.hpp"

namespace placette::service {

namespace net = redis::net;

struct Turns::State {
    std::uint64_t next = 0;
    std::set<std::uint64_t> taken;     // and not over
    std::optional<redis::Timer> over;  // never expires: cancelled when a turn is over
};

Turns::Turns() : state_(std::make_shared<State>()) {}

Turn::Turn(Turns& turns) : state_(turns.state_), number_(state_->next++) {
    state_->taken.insert(number_);
}

redis::Awaitable<void> Turn::come() {
    const auto state = state_;
    while (*state->taken.begin() != number_) {
        if (!state->over) {
            const redis::Executor executor = co_await net::this_coro::executor;
            state->over.emplace(executor, redis::Clock::time_point::max());
        }
        const auto token = net::as_tuple(net::use_awaitable_t<redis::Executor>{});
        co_await state->over->async_wait(token);
    }
}

void Turn::end() {
    if (!state_) return;
    state_->taken.erase(number_);
    if (state_->over) state_->over->cancel();
    state_.reset();
}

}  // namespace placette::service
