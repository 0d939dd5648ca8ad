#include "redis/client.hpp"

#include <catch2/catch.hpp>

#include "loop.hpp"
#include "redis_process.hpp"

namespace placette::redis::test {
namespace {

using namespace std::chrono_literals;
using Answer = tl::expected<Reply, Failure>;
using Arguments = std::vector<std::string>;

const Client::Options quick{
    .name = "test", .connectTimeout = 500ms, .backoffMin = 10ms, .backoffMax = 50ms, .probeEvery = 100ms};

// A client beside a Redis, and what its hooks have said.
struct Fixture {
    Loop loop;
    TemporaryFolder folder;
    RedisProcess redis{folder.path()};
    std::vector<std::string> events;
    Client client{
        loop.io,
        redis.endpoint(),
        quick,
        {.up = [this](Client& setup) { return up(setup); }, .down = [this] { events.push_back("down"); }}};

    Awaitable<bool> up(Client& setup) {
        Arguments ping{"PING"};
        const Answer inside = co_await setup.command(ping);
        const Answer outside = co_await client.command(ping);
        const bool held = !outside && outside.error() == Failure::unavailable;
        events.push_back(inside && held ? "up" : "up, wrongly");
        co_return true;
    }

    void begin() {
        client.start();
        REQUIRE(loop.until([this] { return client.available(); }));
    }

    Answer ask(Arguments arguments, std::chrono::milliseconds deadline = 5s) {
        return loop.await(client.command(std::move(arguments), deadline));
    }

    // Sends without waiting; the answers come into `answers` in the order of their arrival.
    std::vector<std::pair<int, Answer>> answers;
    void send(int number, Arguments arguments, std::chrono::milliseconds deadline = 5s) {
        net::co_spawn(
            loop.io, client.command(std::move(arguments), deadline),
            [this, number](std::exception_ptr, Answer answer) { answers.emplace_back(number, answer); });
    }
    bool allAnswered(std::size_t count) {
        return loop.until([&] { return answers.size() == count; });
    }
};

}  // namespace

TEST_CASE("Replies of each kind", "[client]") {
    Fixture fixture;
    fixture.begin();

    const auto status = fixture.ask({"SET", "a", std::string("x\0y", 3)});
    REQUIRE(status);
    CHECK(status->type == Reply::Type::status);
    CHECK(status->text == "OK");

    const auto text = fixture.ask({"GET", "a"});
    REQUIRE(text);
    CHECK(text->type == Reply::Type::text);
    CHECK(text->text == std::string("x\0y", 3));

    const auto nil = fixture.ask({"GET", "none"});
    REQUIRE(nil);
    CHECK(nil->isNil());

    const auto error = fixture.ask({"INCR", "a"});
    REQUIRE(error);
    CHECK(error->isError());
    CHECK(error->text.starts_with("ERR"));

    const auto nested = fixture.ask({"EVAL", "return {1, {'two', {}}}", "0"});
    REQUIRE(nested);
    REQUIRE(nested->items.size() == 2);
    CHECK(nested->items[0].integer == 1);
    REQUIRE(nested->items[1].items.size() == 2);
    CHECK(nested->items[1].items[0].text == "two");
    CHECK(nested->items[1].items[1].type == Reply::Type::array);
}

TEST_CASE("Many commands in flight are answered in order", "[client]") {
    Fixture fixture;
    fixture.begin();
    constexpr int count = 20000;
    for (int i = 0; i < count; ++i) fixture.send(i, {"INCR", "n"});
    REQUIRE(fixture.allAnswered(count));

    bool inOrder = true;
    for (int i = 0; i < count; ++i) {
        const auto& [number, answer] = fixture.answers[i];
        inOrder = inOrder && number == i && answer && answer->integer == i + 1;
    }
    CHECK(inOrder);
}

TEST_CASE("A pipeline answers all its replies together, among other commands", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.send(1, {"SET", "n", "1"});
    std::vector<Arguments> commands(3, {"INCR", "n"});
    commands.push_back({"LPUSH", "n", "x"});
    const auto answer = fixture.loop.await(fixture.client.pipeline(std::move(commands)));
    REQUIRE(answer);
    REQUIRE(answer->items.size() == 4);
    CHECK(answer->items[0].integer == 2);
    CHECK(answer->items[2].integer == 4);
    CHECK(answer->items[3].isError());
    CHECK(fixture.answers.size() == 1);
    const auto after = fixture.ask({"GET", "n"});
    REQUIRE(after);
    CHECK(after->text == "4");
}

TEST_CASE("A pipeline that is lost on its way ends once, with an unknown outcome", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.redis.freeze();
    int ended = 0;
    net::co_spawn(fixture.loop.io, fixture.client.pipeline(std::vector<Arguments>(3, {"INCR", "n"})),
                  [&](std::exception_ptr, const Answer& answer) {
                      if (!answer && answer.error() == Failure::outcomeUnknown) ++ended;
                  });
    fixture.loop.runFor(50ms);
    fixture.redis.kill();
    REQUIRE(fixture.loop.until([&] { return ended > 0; }));
    fixture.loop.runFor(50ms);
    CHECK(ended == 1);
    const auto refused = fixture.loop.await(fixture.client.pipeline({{"PING"}}));
    REQUIRE_FALSE(refused);
    CHECK(refused.error() == Failure::unavailable);
}

TEST_CASE("Big commands and big replies", "[client]") {
    Fixture fixture;
    fixture.begin();
    const std::string big(20'000'000, 'x');
    const auto stored = fixture.ask({"SET", "big", big});
    REQUIRE(stored);
    const auto read = fixture.ask({"GET", "big"});
    REQUIRE(read);
    CHECK(read->text == big);
}

TEST_CASE("A loss ends what is in flight with an unknown outcome, and the client comes back", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.redis.freeze();
    for (int i = 0; i < 100; ++i) fixture.send(i, {"INCR", "n"});
    fixture.loop.runFor(20ms);
    CHECK(fixture.answers.empty());

    fixture.redis.kill();
    REQUIRE(fixture.allAnswered(100));
    bool unknown = true;
    for (const auto& [number, answer] : fixture.answers) {
        unknown = unknown && !answer && answer.error() == Failure::outcomeUnknown;
    }
    CHECK(unknown);
    CHECK_FALSE(fixture.client.available());
    const auto meanwhile = fixture.ask({"PING"});
    REQUIRE_FALSE(meanwhile);
    CHECK(meanwhile.error() == Failure::unavailable);

    fixture.redis.restart();
    REQUIRE(fixture.loop.until([&] { return fixture.client.available(); }));
    const auto after = fixture.ask({"PING"});
    REQUIRE(after);
    CHECK(after->text == "PONG");
    CHECK(fixture.events == std::vector<std::string>{"up", "down", "up"});
}

TEST_CASE("A Redis that comes later is found", "[client]") {
    Fixture fixture;
    fixture.redis.kill();
    fixture.client.start();
    fixture.loop.runFor(100ms);
    CHECK_FALSE(fixture.client.available());
    fixture.redis.restart();
    CHECK(fixture.loop.until([&] { return fixture.client.available(); }));
    CHECK(fixture.events == std::vector<std::string>{"up"});
}

TEST_CASE("A passed deadline drops the connection", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.send(0, {"BLPOP", "nothing", "0"}, 50ms);
    fixture.send(1, {"INCR", "n"}, 10s);
    REQUIRE(fixture.allAnswered(2));
    for (const auto& [number, answer] : fixture.answers) {
        REQUIRE_FALSE(answer);
        CHECK(answer.error() == Failure::outcomeUnknown);
    }
    CHECK(fixture.loop.until([&] { return fixture.client.available(); }));
    CHECK(fixture.events == std::vector<std::string>{"up", "down", "up"});
}

TEST_CASE("A silent Redis is noticed without any command", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.redis.freeze();
    CHECK(fixture.loop.until([&] { return !fixture.client.available(); }, 2s));
    fixture.redis.thaw();
    CHECK(fixture.loop.until([&] { return fixture.client.available(); }));
}

TEST_CASE("An `up` that fails is tried again on a new connection", "[client]") {
    Loop loop;
    TemporaryFolder folder;
    RedisProcess redis{folder.path()};
    int tries = 0;
    const auto up = [&](Client&) -> Awaitable<bool> { co_return ++tries == 3; };
    int downs = 0;
    Client client{loop.io, redis.endpoint(), quick, {.up = up, .down = [&] { ++downs; }}};
    client.start();
    CHECK(loop.until([&] { return client.available(); }));
    CHECK(tries == 3);
    CHECK(downs == 0);
}

TEST_CASE("A stop ends what is in flight", "[client]") {
    Fixture fixture;
    fixture.begin();
    fixture.send(0, {"BLPOP", "nothing", "0"});
    fixture.loop.runFor(20ms);
    fixture.client.stop();
    REQUIRE(fixture.allAnswered(1));
    REQUIRE_FALSE(fixture.answers[0].second);
    CHECK(fixture.answers[0].second.error() == Failure::outcomeUnknown);
    const auto after = fixture.ask({"PING"});
    REQUIRE_FALSE(after);
    CHECK(after.error() == Failure::unavailable);
    fixture.loop.runFor(100ms);
    CHECK(fixture.events == std::vector<std::string>{"up"});
}

TEST_CASE("A client may go away at any time", "[client]") {
    Loop loop;
    TemporaryFolder folder;
    RedisProcess redis{folder.path()};
    for (const auto life : {0ms, 1ms, 2ms, 3ms, 5ms, 10ms}) {
        int answered = 0;
        {
            Client client{loop.io, redis.endpoint(), quick, {}};
            client.start();
            loop.runFor(life);
            net::co_spawn(loop.io, client.command({"BLPOP", "nothing", "0"}),
                          [&](std::exception_ptr, Answer) { ++answered; });
            loop.runFor(1ms);
        }
        CHECK(loop.until([&] { return answered == 1; }));
    }
}

TEST_CASE("The password and the database are sent first", "[client]") {
    Loop loop;
    TemporaryFolder folder;
    RedisProcess redis{folder.path(), {"--requirepass", "s e:cret"}};
    Endpoint endpoint = redis.endpoint();
    endpoint.password = "s e:cret";
    endpoint.database = 3;
    Client client{loop.io, endpoint, quick, {}};
    client.start();
    REQUIRE(loop.until([&] { return client.available(); }));
    const auto info = loop.await(client.command({"CLIENT", "INFO"}));
    REQUIRE(info);
    CHECK(info->text.find(" db=3 ") != std::string::npos);
    CHECK(info->text.find(" name=test ") != std::string::npos);
}

}  // namespace placette::redis::test
