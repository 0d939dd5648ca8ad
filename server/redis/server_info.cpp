#include "redis/server_info.hpp"

#include <sodium.h>

#include <array>

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

Awaitable<std::optional<std::string>> serverRunId(Client& client) {
    std::vector<std::string> command{"INFO", "server"};
    const auto info = co_await client.command(std::move(command));
    if (!info || info->isError()) co_return std::nullopt;
    auto runId = infoField(info->text, "run_id");
    if (runId.empty()) co_return std::nullopt;
    co_return runId;
}

Awaitable<tl::expected<std::string, std::string>> storeId(Client& client) {
    std::vector<std::string> makeId{"HSETNX", keys::store, "id", randomId()};
    std::vector<std::string> makeSchema{"HSETNX", keys::store, "schema", std::to_string(storeSchema)};
    std::vector<std::string> read{"HMGET", keys::store, "id", "schema"};
    co_await client.command(std::move(makeId));
    co_await client.command(std::move(makeSchema));
    const auto stored = co_await client.command(std::move(read));
    if (!stored) co_return notAnswered();
    if (stored->isError()) co_return tl::unexpected(stored->text);
    if (stored->items.size() != 2 || stored->items[0].isNil() || stored->items[1].isNil())
        co_return notAnswered();

    const std::string& schema = stored->items[1].text;
    if (schema != std::to_string(storeSchema))
        co_return tl::unexpected("the data has schema " + schema + ", of another Placette; this one knows " +
                                 std::to_string(storeSchema));
    co_return stored->items[0].text;
}

}  // namespace placette::redis
