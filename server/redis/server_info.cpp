#include "redis/server_info.hpp"

#include <sodium.h>

#include <array>
#include <charconv>

#include "redis/keys.hpp"

namespace placette::redis {
namespace {

std::string randomId() {
    std::array<unsigned char, 16> bytes;
    randombytes_buf(bytes.data(), bytes.size());
    std::array<char, 33> text;
    sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
    return text.data();
}

tl::unexpected<std::string> notAnswered() {
    return tl::unexpected(std::string("Redis did not answer"));
}

}  // namespace

std::string infoField(const std::string& info, const std::string& name) {
    const auto at = ("\r\n" + info).find("\r\n" + name + ":");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 1;
    return info.substr(begin, info.find('\r', begin) - begin);
}

Awaitable<std::optional<std::string>> serverHistory(Client& client) {
    std::vector<std::string> command{"INFO", "server", "replication"};
    const auto info = co_await client.command(std::move(command));
    if (!info || info->isError()) co_return std::nullopt;
    const auto runId = infoField(info->text, "run_id");
    const auto replication = infoField(info->text, "master_replid");
    const auto role = infoField(info->text, "role");
    if (runId.empty() || replication.empty() || role.empty()) co_return std::nullopt;
    if (role != "master") {
        client.drop("this Redis is a replica; the primary is needed");
        co_return std::nullopt;
    }
    co_return runId + '.' + replication;
}

std::string refusalOf(const std::string& schema) {
    const auto text =
        "the data has schema " + schema + ", and this Placette knows " + std::to_string(storeSchema);
    int number = 0;
    const auto read = std::from_chars(schema.data(), schema.data() + schema.size(), number);
    if (read.ec != std::errc() || read.ptr != schema.data() + schema.size()) number = 0;
    if (number > storeSchema) return text + ": start the newer Placette that wrote it";
    if (number >= oldestSchema) return text + ": `placette serve` brings it on at its next start";
    return text + ": it cannot be brought on; start the Placette that wrote it";
}

Awaitable<tl::expected<std::string, std::string>> storeId(Client& client) {
    std::vector<std::string> makeId{"HSETNX", keys::store, "id", randomId()};
    std::vector<std::string> makeSchema{"HSETNX", keys::store, "schema", std::to_string(storeSchema)};
    std::vector<std::string> read{"HMGET", keys::store, "id", "schema", "salt"};
    co_await client.command(std::move(makeId));
    co_await client.command(std::move(makeSchema));
    const auto stored = co_await client.command(std::move(read));
    if (!stored) co_return notAnswered();
    if (stored->isError()) co_return tl::unexpected(stored->text);
    if (stored->items.size() != 3 || stored->items[0].isNil() || stored->items[1].isNil())
        co_return notAnswered();

    const std::string& schema = stored->items[1].text;
    if (schema != std::to_string(storeSchema)) co_return tl::unexpected(refusalOf(schema));
    co_return stored->items[0].text + stored->items[2].text;
}

Awaitable<bool> renewStoreId(Client& client) {
    std::vector<std::string> command{"HSET", keys::store, "salt", randomId()};
    const auto reply = co_await client.command(std::move(command));
    co_return reply && !reply->isError();
}

}  // namespace placette::redis
