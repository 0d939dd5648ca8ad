#include "service/turns.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>
#include <vector>

#include "redis/timer.hpp"

using namespace placette;
using namespace placette::service;

namespace {

namespace net = redis::net;
using Order = std::vector<int>;

// A call that reads for a while before it writes, as a change of a booking does.
redis::Awaitable<void> call(net::io_context& context, Turns& turns, Order& order, int number, int readingMs,
                            bool writes = true) {
    Turn turn(turns);
    if (readingMs > 0) {
        redis::Timer reading(context.get_executor());
        co_await redis::pause(reading, std::chrono::milliseconds{readingMs});
    }
    if (!writes) co_return;
    co_await turn.come();
    turn.end();
    order.push_back(number);
}

}  // namespace

TEST_CASE("writes keep the order of the calls, however long each reads") {
    net::io_context context;
    Turns turns;
    Order order;
    const int readingMs[] = {20, 0, 5, 0, 10};
    for (int i = 0; i < 5; ++i)
        net::co_spawn(context, call(context, turns, order, i, readingMs[i]), net::detached);
    context.run();
    CHECK(order == Order{0, 1, 2, 3, 4});
}

TEST_CASE("a call that never writes gives its turn up") {
    net::io_context context;
    Turns turns;
    Order order;
    net::co_spawn(context, call(context, turns, order, 0, 10, false), net::detached);
    net::co_spawn(context, call(context, turns, order, 1, 0), net::detached);
    net::co_spawn(context, call(context, turns, order, 2, 0), net::detached);
    context.run();
    CHECK(order == Order{1, 2});
}

TEST_CASE("without another in front there is nothing to wait for") {
    net::io_context context;
    Turns turns;
    Order order;
    net::co_spawn(context, call(context, turns, order, 0, 0), net::detached);
    context.poll_one();
    CHECK(order == Order{0});
}

TEST_CASE("turns that nobody ends do no harm when the loop goes away") {
    Order order;
    {
        net::io_context context;
        Turns turns;
        net::co_spawn(context, call(context, turns, order, 0, 60'000), net::detached);
        net::co_spawn(context, call(context, turns, order, 1, 0), net::detached);
        context.poll();
    }
    CHECK(order.empty());
}
