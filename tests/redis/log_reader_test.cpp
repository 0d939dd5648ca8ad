#include "redis/log_reader.hpp"

#include <catch2/catch.hpp>
#include <map>

#include "loop.hpp"
#include "redis/server_info.hpp"
#include "redis_process.hpp"

namespace placette::redis::test {
namespace {

using namespace std::chrono_literals;

struct Fixture {
    Loop loop;
    TemporaryFolder folder;
    RedisProcess redis{folder.path()};
    std::map<std::string, std::vector<std::string>> seen;  // ids by stream
    std::vector<std::string> events;
    Client writer{loop.io, redis.endpoint(), {.name = "writer"}, {}};
    LogReader reader{
        loop.io,
        redis.endpoint(),
        {.up = [this](const std::string& history) { events.push_back(history.empty() ? "?" : "up"); },
         .down = [this] { events.push_back("down"); },
         .entries =
             [this](const std::string& stream, std::vector<RawEntry> entries) {
                 for (auto& entry : entries) seen[stream].push_back(entry.id);
             },
         .gap = [this](const std::string& stream,
                       bool goneBack) { events.push_back((goneBack ? "gone back " : "gap ") + stream); }}};

    Fixture() {
        writer.start();
        connected();
    }

    void connected() {
        REQUIRE(loop.until([this] { return writer.available(); }));
    }

    void write(const std::string& stream, int from, int to, const std::string& suffix = "-0") {
        for (int offset = from; offset <= to; ++offset)
            ask({"XADD", stream, std::to_string(offset) + suffix, "a", "b"});
    }

    void ask(std::vector<std::string> arguments) {
        const auto answer = loop.await(writer.command(std::move(arguments)));
        REQUIRE(answer);
        REQUIRE_FALSE(answer->isError());
    }

    bool saw(const std::string& stream, std::size_t count, std::chrono::milliseconds atMost = patience) {
        return loop.until([&] { return seen[stream].size() == count; }, atMost);
    }

    bool said(const std::string& event) {
        return loop.until([&] { return !events.empty() && events.back() == event; });
    }
};

std::vector<std::string> offsets(int from, int to) {
    std::vector<std::string> ids;
    for (int offset = from; offset <= to; ++offset) ids.push_back(std::to_string(offset) + "-0");
    return ids;
}

}  // namespace

TEST_CASE("Logs are read in order from where they are wanted", "[log]") {
    Fixture fixture;
    fixture.write("a", 1, 700);
    fixture.write("b", 1, 3);
    fixture.reader.add("a", "0-0");
    fixture.reader.add("b", "2-0");
    fixture.reader.start();
    REQUIRE(fixture.saw("a", 700));
    REQUIRE(fixture.saw("b", 1));
    CHECK(fixture.seen["a"] == offsets(1, 700));
    CHECK(fixture.seen["b"] == offsets(3, 3));

    fixture.write("b", 4, 5);
    REQUIRE(fixture.saw("b", 3));
    CHECK(fixture.seen["b"] == offsets(3, 5));
    CHECK(fixture.events == std::vector<std::string>{"up"});
}

TEST_CASE("A log that is added is read soon, one that is removed no more", "[log]") {
    Fixture fixture;
    fixture.write("b", 1, 2);
    fixture.reader.add("a", "0-0");
    fixture.reader.start();
    fixture.loop.runFor(200ms);
    fixture.reader.add("b", "0-0");
    CHECK(fixture.saw("b", 2, 150ms));

    fixture.reader.remove("b");
    fixture.write("b", 3, 3);
    fixture.write("a", 1, 1);
    REQUIRE(fixture.saw("a", 1));
    fixture.loop.runFor(100ms);
    CHECK(fixture.seen["b"].size() == 2);
}

TEST_CASE("Hundreds of logs are followed on a connection for each 64", "[log]") {
    constexpr int logs = 200;
    Fixture fixture;
    const auto name = [](int n) { return "log-" + std::to_string(n); };
    const auto sawAll = [&](std::size_t count) {
        return fixture.loop.until([&] {
            for (int n = 0; n < logs; ++n)
                if (fixture.seen[name(n)].size() != count) return false;
            return true;
        });
    };
    for (int n = 0; n < 3; ++n) fixture.reader.add(name(n), "0-0");
    fixture.reader.start();
    REQUIRE(fixture.said("up"));
    for (int n = 3; n < logs; ++n) fixture.reader.add(name(n), "0-0");
    for (int n = 0; n < logs; ++n) fixture.write(name(n), 1, 2);
    REQUIRE(sawAll(2));
    CHECK(fixture.events == std::vector<std::string>{"up"});  // further connections make no outage
    const auto clients = fixture.loop.await(fixture.writer.command({"CLIENT", "LIST"}));
    REQUIRE(clients);
    int readers = 0;
    for (auto at = clients->text.find("name=log-reader"); at != std::string::npos;
         at = clients->text.find("name=log-reader", at + 1))
        ++readers;
    CHECK(readers == (logs + 63) / 64);

    fixture.redis.kill();
    REQUIRE(fixture.said("down"));
    fixture.redis.restart();
    REQUIRE(fixture.said("up"));
    fixture.connected();
    for (int n = 0; n < logs; ++n) fixture.write(name(n), 3, 3);
    REQUIRE(sawAll(3));
    CHECK(fixture.events == std::vector<std::string>{"up", "down", "up"});
}

TEST_CASE("After a loss the logs go on where they were", "[log]") {
    Fixture fixture;
    fixture.reader.add("a", "0-0");
    fixture.reader.start();
    fixture.write("a", 1, 2);
    REQUIRE(fixture.saw("a", 2));

    fixture.redis.kill();
    REQUIRE(fixture.said("down"));
    fixture.redis.restart();
    REQUIRE(fixture.said("up"));
    fixture.connected();
    fixture.write("a", 3, 4);
    REQUIRE(fixture.saw("a", 4));
    CHECK(fixture.seen["a"] == offsets(1, 4));
    CHECK(fixture.events == std::vector<std::string>{"up", "down", "up"});
}

TEST_CASE("A log that no longer reaches back is a gap", "[log]") {
    Fixture fixture;
    fixture.write("a", 1, 10);
    fixture.ask({"XTRIM", "a", "MAXLEN", "5"});
    fixture.reader.add("a", "5-0");
    fixture.reader.start();
    REQUIRE(fixture.saw("a", 5));

    fixture.reader.add("a", "4-0");
    REQUIRE(fixture.said("gap a"));
    fixture.write("a", 11, 11);
    fixture.loop.runFor(200ms);
    CHECK(fixture.seen["a"].size() == 5);

    fixture.reader.add("a", "10-0");
    REQUIRE(fixture.saw("a", 6));
    CHECK(fixture.seen["a"] == offsets(6, 11));
}

TEST_CASE("A log that begins anew has gone back", "[log]") {
    Fixture fixture;
    fixture.write("a", 1, 3);
    fixture.reader.add("a", "0-0");
    fixture.reader.start();
    REQUIRE(fixture.saw("a", 3));
    fixture.redis.kill();
    std::filesystem::remove_all(fixture.folder.path() / "appendonlydir");
    fixture.redis.restart();
    CHECK(fixture.said("gone back a"));
}

TEST_CASE("A log can be followed from now on, with any ids", "[log]") {
    Fixture fixture;
    fixture.write("a", 1, 3, "-7");
    fixture.reader.add("a", LogReader::newest);
    fixture.reader.start();
    fixture.loop.runFor(100ms);
    fixture.write("a", 100, 100, "-7");
    REQUIRE(fixture.saw("a", 1));
    CHECK(fixture.seen["a"] == std::vector<std::string>{"100-7"});

    fixture.redis.kill();
    REQUIRE(fixture.said("down"));
    fixture.redis.restart();
    REQUIRE(fixture.said("up"));
    fixture.connected();
    fixture.write("a", 200, 200, "-7");
    REQUIRE(fixture.saw("a", 2));
    CHECK(fixture.events == std::vector<std::string>{"up", "down", "up"});
}

TEST_CASE("Nothing is said after a stop", "[log]") {
    Fixture fixture;
    fixture.reader.add("a", "0-0");
    fixture.reader.start();
    fixture.write("a", 1, 1);
    REQUIRE(fixture.saw("a", 1));
    fixture.reader.stop();
    fixture.write("a", 2, 2);
    fixture.loop.runFor(200ms);
    CHECK(fixture.seen["a"].size() == 1);
    CHECK(fixture.events == std::vector<std::string>{"up"});
}

TEST_CASE("The store has an id that stays, the process one that changes", "[info]") {
    Fixture fixture;
    const auto store = fixture.loop.await(storeId(fixture.writer));
    const auto run = fixture.loop.await(serverHistory(fixture.writer));
    REQUIRE(store);
    REQUIRE(run);
    CHECK(store->size() == 32);
    CHECK(run->size() == 81);  // two ids

    fixture.redis.kill();
    fixture.redis.restart();
    fixture.loop.until([&] { return !fixture.writer.available(); });
    fixture.connected();
    const auto sameStore = fixture.loop.await(storeId(fixture.writer));
    const auto otherRun = fixture.loop.await(serverHistory(fixture.writer));
    CHECK(sameStore == store);
    REQUIRE(otherRun);
    CHECK(*otherRun != *run);

    REQUIRE(fixture.loop.await(renewStoreId(fixture.writer)));
    const auto renewed = fixture.loop.await(storeId(fixture.writer));
    REQUIRE(renewed);
    CHECK(*renewed != *store);

    for (const int schema : {storeSchema - 1, storeSchema + 1}) {
        fixture.ask({"HSET", "{placette}:store", "schema", std::to_string(schema)});
        const auto refused = fixture.loop.await(storeId(fixture.writer));
        REQUIRE_FALSE(refused);
        CHECK(refused.error().find("schema " + std::to_string(schema)) != std::string::npos);
    }
}

}  // namespace placette::redis::test
