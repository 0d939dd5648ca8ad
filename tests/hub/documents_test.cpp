// A territory's document is parsed once a revision, and never taken for another.
#include "hub/documents.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <catch2/catch.hpp>
#include <chrono>
#include <thread>

#include "protocol/territory_document.hpp"
#include "redis/keys.hpp"
#include "support/redis_server.hpp"

using namespace placette;
using namespace std::chrono_literals;

namespace {

// A Redis and a client on a thread of its own.
struct AStore {
    test::RedisServer server;
    test::RedisConnection direct{server.socket()};
    redis::net::io_context io;
    redis::Client client{
        io, {.socket = server.socket(), .host = {}, .password = {}}, {.name = "documents"}, {}};
    redis::Store store{client};
    std::thread thread;

    AStore() {
        client.start();
        while (!client.available()) io.run_one_for(10ms);
        thread = std::thread([this] {
            const auto work = redis::net::make_work_guard(io);
            io.run();
        });
    }
    ~AStore() {
        io.stop();
        thread.join();
    }

    void put(const std::string& name, const std::string& revision) {
        const Territory territory{.id = "200000925", .name = name, .timezone = "Europe/Paris"};
        direct.command({"HSET", redis::keys::document(territory.id), "territory",
                        writeTerritory(territory).at("territory"), "revision", revision});
    }

    Result<hub::Documents::Entry> read(hub::Documents& documents, const std::string& id = "200000925") {
        auto work = documents.read(store, {id});
        auto entries = redis::net::co_spawn(io, std::move(work), redis::net::use_future).get();
        REQUIRE(entries);
        REQUIRE(entries->size() == 1);
        return entries->front();
    }
};

}  // namespace

TEST_CASE("a document is parsed again when its revision is another", "[documents]") {
    AStore a;
    hub::Documents documents;
    CHECK(a.read(documents).value() == nullptr);
    a.put("La Plaine", "one");
    const auto first = a.read(documents).value();
    CHECK(first->territory.name == "La Plaine");
    CHECK(first->revision == "one");
    CHECK(a.read(documents).value() == first);
    a.put("Les Monts", "two");
    CHECK(a.read(documents).value()->territory.name == "Les Monts");
}

TEST_CASE("what is about to be put is not seen before it is, and then not read again", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.put("La Plaine", "one");
    const auto first = a.read(documents).value();
    auto expected = first->territory;
    expected.name = "never in the store";
    documents.expect("two", expected);
    documents.expect("three", first->territory);
    CHECK(a.read(documents).value() == first);
    a.put("Les Monts", "two");
    CHECK(a.read(documents).value()->territory.name == "never in the store");
}

TEST_CASE("what was not put is forgotten", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.put("La Plaine", "one");
    auto expected = a.read(documents).value()->territory;
    expected.name = "never in the store";
    documents.expect("two", expected);
    documents.forget(expected.id, "two");
    a.put("Les Monts", "two");
    CHECK(a.read(documents).value()->territory.name == "Les Monts");
}

TEST_CASE("the present document outlasts any number of those that are expected", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.put("La Plaine", "one");
    const auto first = a.read(documents).value();
    for (int n = 0; n < 200; ++n) documents.expect(std::to_string(n), first->territory);
    CHECK(a.read(documents).value() == first);
    a.put("Les Monts", "0");  // crowded out
    CHECK(a.read(documents).value()->territory.name == "Les Monts");
}

TEST_CASE("an older document that comes back is the present one again", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.put("La Plaine", "one");
    const std::weak_ptr first = a.read(documents).value();
    a.put("Les Monts", "two");
    CHECK(a.read(documents).value()->territory.name == "Les Monts");
    CHECK(first.expired());
    a.put("La Plaine", "one");
    CHECK(a.read(documents).value()->territory.name == "La Plaine");
}

TEST_CASE("a document that cannot be read is told as such", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.direct.command({"HSET", redis::keys::document("200000925"), "territory", "{}", "revision", "one"});
    CHECK_FALSE(a.read(documents));
}
