#include "redis/checkup.hpp"

#include <catch2/catch.hpp>

#include "redis/server_info.hpp"

namespace placette::redis::test {
namespace {

using State = Finding::State;
using Names = std::vector<std::string>;

RedisFacts good() {
    RedisFacts facts;
    facts.info =
        "# Server\r\nredis_version:7.0.15\r\n# Memory\r\nmaxmemory_policy:noeviction\r\n# Persistence\r\n"
        "aof_enabled:1\r\naof_last_bgrewrite_status:ok\r\naof_last_write_status:ok\r\n# Replication\r\n"
        "role:master\r\nconnected_slaves:0\r\n";
    facts.settings = {{"appendonly", "yes"},
                      {"appendfsync", "always"},
                      {"aof-load-truncated", "no"},
                      {"maxmemory-policy", "noeviction"},
                      {"no-appendfsync-on-rewrite", "no"}};
    facts.schema = std::to_string(storeSchema);
    facts.hasLibrary = true;
    return facts;
}

// In INFO: `from` becomes `to`.
RedisFacts with(std::string from, std::string to) {
    auto facts = good();
    facts.info.replace(facts.info.find(from), from.size(), to);
    return facts;
}

// All that are not well: "check state".
std::vector<std::string> unwell(const RedisFacts& facts) {
    std::vector<std::string> found;
    for (const auto& one : findingsOf(facts)) {
        if (one.state == State::well) continue;
        const char* state = one.state == State::wrong  ? " wrong"
                            : one.state == State::note ? " note"
                                                       : " unknown";
        found.push_back(one.check + state);
        CHECK((one.state == State::wrong) <= !one.todo.empty());
    }
    return found;
}

}  // namespace

TEST_CASE("A Redis that keeps what is promised is well", "[checkup]") {
    CHECK(unwell(good()).empty());
    auto empty = good();
    empty.schema.reset();
    empty.hasLibrary = false;
    CHECK(unwell(empty) == Names{"functions note"});
}

TEST_CASE("What a Redis says of itself that is wrong is found by its name", "[checkup]") {
    CHECK(unwell(with("redis_version:7", "redis_version:6")) == Names{"version wrong"});
    CHECK(unwell(with("role:master", "role:slave")) == Names{"role wrong"});
    CHECK(unwell(with("connected_slaves:0", "connected_slaves:2")) == Names{"replicas note"});
    CHECK(unwell(with("aof_last_write_status:ok", "aof_last_write_status:err")) == Names{"last-write wrong"});
    CHECK(unwell(with("bgrewrite_status:ok", "bgrewrite_status:err")) == Names{"last-rewrite wrong"});
    CHECK(unwell(with("# Memory", "maxmemory:1000\r\nused_memory:899")).empty());
    CHECK(unwell(with("# Memory", "maxmemory:1000\r\nused_memory:900")) == Names{"memory wrong"});
    auto older = good();
    older.schema = "3";
    CHECK(unwell(older) == Names{"schema wrong"});
    auto flushed = good();
    flushed.hasLibrary = false;
    CHECK(unwell(flushed) == Names{"functions note"});
}

TEST_CASE("Where CONFIG is not allowed, INFO tells two settings, and the others are unknown", "[checkup]") {
    auto facts = good();
    facts.settings.clear();
    CHECK(unwell(facts) ==
          Names{"appendfsync unknown", "aof-load-truncated unknown", "no-appendfsync-on-rewrite unknown"});
    facts = with("aof_enabled:1", "aof_enabled:0");
    facts.settings.clear();
    CHECK(unwell(facts).front() == "appendonly wrong");
}

}  // namespace placette::redis::test
