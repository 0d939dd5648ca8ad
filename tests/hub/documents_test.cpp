// A territory's document is parsed once a version, and never taken for that of another Redis process.
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

    void put(const std::string& name, int version) {
        const Territory territory{.id = "200000925", .name = name, .timezone = "Europe/Paris"};
        direct.command({"HSET", redis::keys::document(territory.id), "territory",
                        writeTerritory(territory).at("territory"), "version", std::to_string(version)});
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

TEST_CASE("a document is parsed again when its version is another", "[documents]") {
    AStore a;
    hub::Documents documents;
    CHECK(a.read(documents).value() == nullptr);
    a.put("La Plaine", 1);
    const auto first = a.read(documents).value();
    CHECK(first->territory.name == "La Plaine");
    CHECK(first->version == 1);
    CHECK(a.read(documents).value() == first);
    a.put("Les Monts", 2);
    CHECK(a.read(documents).value()->territory.name == "Les Monts");
}

TEST_CASE("what was put is not read again", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.put("La Plaine", 1);
    auto next = *a.read(documents).value();
    next.version = 2;
    const auto put = std::make_shared<const KnownTerritory>(next);
    documents.keep(put);
    a.put("La Plaine", 2);
    CHECK(a.read(documents).value() == put);
}

TEST_CASE("the same version of another process is another document", "[documents]") {
    AStore a, b;
    hub::Documents documents;
    a.put("La Plaine", 7);
    b.put("Les Monts", 7);
    CHECK(a.read(documents).value()->territory.name == "La Plaine");
    CHECK(b.read(documents).value()->territory.name == "Les Monts");
    CHECK(a.read(documents).value()->territory.name == "La Plaine");
}

TEST_CASE("a document that cannot be read is told as such", "[documents]") {
    AStore a;
    hub::Documents documents;
    a.direct.command({"HSET", redis::keys::document("200000925"), "territory", "{}", "version", "1"});
    CHECK_FALSE(a.read(documents));
}
