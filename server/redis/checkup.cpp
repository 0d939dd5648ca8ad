#include "redis/checkup.hpp"

#include <cstdlib>

#include "redis/function_library.hpp"
#include "redis/keys.hpp"
#include "redis/server_info.hpp"

namespace placette::redis {
namespace {

using State = Finding::State;

constexpr int oldestVersion = 7;
constexpr int fullAt = 90;  // %

struct Setting {
    const char* name;
    const char* right;
    const char* otherwise;
};
constexpr Setting wanted[] = {
    {"appendonly", "yes", "nothing is kept on the disk"},
    {"appendfsync", "always", "a crash of the machine loses changes that were acknowledged"},
    {"aof-load-truncated", "no", "a torn file is cut within a change, and half of it is carried out later"},
    {"maxmemory-policy", "noeviction", "counts and bookings are dropped when memory is short"},
    {"no-appendfsync-on-rewrite", "no",
     "changes of those minutes are acknowledged before they are on the disk"},
};

Finding version(const std::string& info) {
    const auto is = infoField(info, "redis_version");
    if (std::atoi(is.c_str()) >= oldestVersion) return {"version", State::well, "is " + is};
    return {"version", State::wrong, "is " + (is.empty() ? "not told" : is) + ": functions are missing",
            "use Redis 7 or later"};
}

Finding role(const std::string& info) {
    const auto is = infoField(info, "role");
    if (is == "master") return {"role", State::well, "is master"};
    return {"role", State::wrong, "is " + is + ": it takes no writes",
            "give --redis the address of its primary"};
}

Finding replicas(const std::string& info) {
    const auto count = infoField(info, "connected_slaves");
    if (count.empty() || count == "0") return {"replicas", State::well, "are none"};
    return {"replicas", State::note,
            "are " + count +
                ": after a failover, changes that were acknowledged and not yet replicated are lost"};
}

// Where CONFIG is not allowed, INFO tells some.
std::string settingOf(const RedisFacts& facts, const std::string& name) {
    if (const auto found = facts.settings.find(name); found != facts.settings.end()) return found->second;
    if (name == "maxmemory-policy") return infoField(facts.info, "maxmemory_policy");
    const auto aof = name == "appendonly" ? infoField(facts.info, "aof_enabled") : "";
    return aof.empty() ? "" : aof == "1" ? "yes" : "no";
}

Finding setting(const RedisFacts& facts, const Setting& one) {
    const auto is = settingOf(facts, one.name);
    if (is == one.right) return {one.name, State::well, "is " + is};
    const auto right = std::string(one.name) + ' ' + one.right;
    if (is.empty())
        return {one.name, State::unknown, "is not told: CONFIG is not allowed",
                "see that it is `" + right + '`'};
    return {one.name, State::wrong, "is " + is + ": " + one.otherwise,
            "redis-cli CONFIG SET " + right + ", then CONFIG REWRITE"};
}

// Beyond its bound a Redis that drops nothing takes no writes.
Finding memory(const std::string& info) {
    const auto bound = std::atoll(infoField(info, "maxmemory").c_str());
    const auto used = std::atoll(infoField(info, "used_memory").c_str());
    if (bound <= 0) return {"memory", State::well, "has no bound of its own"};
    const auto share = used * 100 / bound;
    const auto says = "is at " + std::to_string(share) + " % of maxmemory";
    if (share < fullAt) return {"memory", State::well, says};
    return {"memory", State::wrong, says + ": writes are refused when it is full",
            "raise maxmemory, or give this Redis to Placette alone"};
}

Finding lastOne(const std::string& info, const char* check, const char* field) {
    const auto is = infoField(info, field);
    if (is == "ok") return {check, State::well, "went well"};
    if (is.empty()) return {check, State::unknown, "is not told"};
    return {check, State::wrong, "failed (" + is + ")", "look at the disk and at the log of Redis"};
}

Finding schema(const RedisFacts& facts) {
    const auto& is = facts.schema;
    if (!is && facts.hasData)
        return {"schema", State::wrong, "is not told, and there is data",
                "put a backup in place (docs/operate.md)"};
    if (!is) return {"schema", State::well, "is not there yet: the store is empty"};
    if (*is == std::to_string(storeSchema)) return {"schema", State::well, "is " + *is};
    return {"schema", State::wrong, "is " + *is, refusalOf(*is)};
}

Finding library(bool isLoaded) {
    const auto& name = functionLibrary().name;
    if (isLoaded) return {"functions", State::well, name + " is loaded"};
    return {"functions", State::note,
            name + " is not loaded; a server does it at its start, or with its next write"};
}

std::map<std::string, std::string> pairs(const Reply& reply) {
    std::map<std::string, std::string> all;
    for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2)
        all[reply.items[i].text] = reply.items[i + 1].text;
    return all;
}

}  // namespace

Awaitable<std::optional<RedisFacts>> askRedis(Client& client) {
    std::vector<std::string> settings{"CONFIG", "GET"};
    for (const auto& one : wanted) settings.push_back(one.name);
    std::vector<std::vector<std::string>> questions{
        {"INFO"},
        std::move(settings),
        {"HGET", keys::store, "schema"},
        {"FUNCTION", "LIST", "LIBRARYNAME", functionLibrary().name},
        {"EXISTS", keys::territories},
    };
    const auto told = co_await client.pipeline(std::move(questions));
    if (!told || told->items.size() != 5 || told->items[0].isError()) co_return std::nullopt;
    RedisFacts facts;
    facts.info = told->items[0].text;
    facts.settings = pairs(told->items[1]);
    if (!told->items[2].isNil()) facts.schema = told->items[2].text;  // or the error
    facts.hasLibrary = !told->items[3].items.empty();
    facts.hasData = told->items[4].integer > 0;
    co_return facts;
}

std::vector<Finding> findingsOf(const RedisFacts& facts) {
    std::vector<Finding> all{version(facts.info), role(facts.info), replicas(facts.info)};
    for (const auto& one : wanted) all.push_back(setting(facts, one));
    all.push_back(memory(facts.info));
    all.push_back(lastOne(facts.info, "last-write", "aof_last_write_status"));
    all.push_back(lastOne(facts.info, "last-rewrite", "aof_last_bgrewrite_status"));
    all.push_back(schema(facts));
    all.push_back(library(facts.hasLibrary));
    return all;
}

}  // namespace placette::redis
