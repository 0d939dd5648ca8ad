// What is read of Redis at the start, from a store of several pages and several territories.
#include "hub/loading.hpp"

#include <boost/asio/co_spawn.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <set>

#include "redis/codec.hpp"
#include "support/redis_server.hpp"

using namespace placette;
using namespace std::chrono_literals;

namespace {

struct Fixture {
    test::RedisServer server;
    test::RedisConnection redis{server.socket()};
    redis::net::io_context io;
    redis::Client client{
        io, {.socket = server.socket(), .host = {}, .password = {}}, {.name = "loading"}, {}};

    Fixture() {
        client.start();
        runUntil([this] { return client.available(); });
    }

    template <class F>
    void runUntil(F done) {
        const auto end = std::chrono::steady_clock::now() + 20s;
        while (!done()) {
            REQUIRE(std::chrono::steady_clock::now() < end);
            io.run_one_for(10ms);
        }
    }

    template <class T>
    T await(redis::Awaitable<T> work) {
        std::optional<T> result;
        redis::net::co_spawn(io, std::move(work),
                             [&](std::exception_ptr, T value) { result = std::move(value); });
        runUntil([&] { return result.has_value(); });
        return std::move(*result);
    }
};

}  // namespace

TEST_CASE("a damaged cell is left out, and days that are past, the others are read", "[loading]") {
    Fixture fixture;
    Cell cell;
    cell.open = 3;
    fixture.redis.command(
        {"HSET", "{1}:cells:f:2026-11-25", "matin|grands", "x", "matin|moyens", redis::encodeCell(cell)});
    fixture.redis.command({"HSET", "{1}:cells:f:2026-11-24", "matin|bebes", redis::encodeCell(cell)});
    std::vector<std::string> sections;
    const auto take = [&](const std::string&, const CellState& state) {
        sections.push_back(state.key.section);
    };
    CHECK(fixture.await(hub::eachStoredCell(fixture.client, "{*}:cells:*", *dateFrom("2026-11-25"), take)));
    CHECK(sections == std::vector<std::string>{"moyens"});
}

TEST_CASE("every cell of every page is read once", "[loading]") {
    Fixture fixture;
    Cell cell;
    cell.open = 3;
    cell.version = 7;
    constexpr int facilities = 2500;
    for (int n = 0; n < facilities; ++n) {
        const auto territory = "{" + std::to_string(n % 3) + "}";
        fixture.redis.send({"HSET", territory + ":cells:f-" + std::to_string(n) + ":2026-11-25",
                            "matin|moyens", redis::encodeCell(cell), "matin|grands",
                            redis::encodeCell(cell)});
        fixture.redis.send({"SET", territory + ":booking:" + std::to_string(n), "{}"});
        fixture.redis.receive();
        fixture.redis.receive();
    }
    std::set<std::pair<std::string, CellKey>> seen;
    std::size_t count = 0;
    bool same = true;
    const auto take = [&](const std::string& territory, const CellState& state) {
        ++count;
        seen.emplace(territory, state.key);
        same = same && state.cell == cell;
    };
    REQUIRE(fixture.await(hub::eachStoredCell(fixture.client, "{*}:cells:*", *dateFrom("2026-11-25"), take)));
    CHECK(count == 2 * facilities);
    CHECK(seen.size() == 2 * facilities);
    CHECK(same);
    const CellKey one{"f-4", *dateFrom("2026-11-25"), "matin", "grands"};
    CHECK(seen.contains({"1", one}));
}

TEST_CASE("heads and holds of several territories come in the order of their ids", "[loading]") {
    Fixture fixture;
    fixture.redis.command({"XADD", "{b}:log", "1-0", "facilities", "1"});
    fixture.redis.command({"XADD", "{b}:log", "2-0", "facilities", "1"});
    fixture.redis.command({"XADD", "{c}:log", "41-0", "facilities", "1"});
    fixture.redis.command({"ZADD", "{b}:holds", "1764000000000", "b.01|lucioles"});
    const auto heads = fixture.await(hub::logHeads(fixture.client, {"a", "b", "c"}));
    CHECK(heads == std::vector<std::int64_t>{0, 2, 41});
    const auto holds = fixture.await(hub::storedHolds(fixture.client, {"a", "b"}));
    REQUIRE(holds);
    CHECK((*holds)[0].empty());
    CHECK((*holds)[1] == hub::Holds{{"b.01", Instant(1764000000000ms)}});

    CHECK(fixture.await(hub::logTellsAll(fixture.client, "a")) == true);
    CHECK(fixture.await(hub::logTellsAll(fixture.client, "b")) == true);
    CHECK(fixture.await(hub::logTellsAll(fixture.client, "c")) == false);
}
