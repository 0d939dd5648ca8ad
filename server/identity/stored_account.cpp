#include "identity/stored_account.hpp"

#include <charconv>
#include <nlohmann/json.hpp>
#include <utility>

#include "identity/keys.hpp"
#include "identity/transaction.hpp"
#include "protocol/json_tree.hpp"

namespace placette::identity {

Account accountFrom(std::string id, const std::string& profile) {
    const auto json = jsonTree(profile);
    Account account;
    account.id = std::move(id);
    account.name = json.at("name");
    account.phone = json.at("phone");
    for (const auto& role : json.at("roles"))
        if (const auto known = roleFrom(role.get<std::string_view>())) account.roles.push_back(*known);
    account.facilities = json.at("facilities");
    account.offices = json.at("offices");
    account.territories = json.at("territories");
    account.disabled = json.at("disabled");
    return account;
}

std::string profile(const Account& account) {
    nlohmann::json roles = nlohmann::json::array();
    for (const Role role : account.roles) roles.push_back(name(role));
    const nlohmann::json json{{"name", account.name},        {"phone", account.phone},
                              {"roles", std::move(roles)},   {"facilities", account.facilities},
                              {"offices", account.offices},  {"territories", account.territories},
                              {"disabled", account.disabled}};
    return json.dump();
}

Awaitable<Result<std::optional<StoredAccount>>> load(redis::Client& client, std::string id) {
    std::vector<std::string> command{"HMGET", keys::account(id), "profile",    "password",
                                     "code",  "codeExpiresAt",   "generation", "version"};
    const auto reply = co_await read(client, std::move(command));
    if (!reply) co_return tl::unexpected(reply.error());
    const auto& fields = reply->items;
    if (fields.at(0).isNil()) co_return std::nullopt;
    StoredAccount stored;
    stored.account = std::make_shared<const Account>(accountFrom(std::move(id), fields[0].text));
    stored.password = fields.at(1).text;
    stored.code = fields.at(2).text;
    stored.codeExpiresAt = fromMilliseconds(fields.at(3).text);
    stored.generation = fields.at(4).text;
    stored.version = fields.at(5).text;
    co_return stored;
}

Awaitable<Result<StoredAccount>> mustLoad(redis::Client& client, std::string id) {
    auto stored = co_await load(client, id);
    if (!stored) co_return tl::unexpected(stored.error());
    if (!*stored) co_return problem(ProblemType::not_found, "no such account: " + id, "account");
    co_return std::move(**stored);
}

Instant now() {
    return std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

std::string toMilliseconds(Instant instant) {
    return std::to_string(instant.time_since_epoch().count());
}

std::optional<Instant> fromMilliseconds(const std::string& text) {
    std::int64_t count = 0;
    const auto end = text.data() + text.size();
    if (text.empty() || std::from_chars(text.data(), end, count).ptr != end) return std::nullopt;
    return Instant(std::chrono::milliseconds(count));
}

}  // namespace placette::identity
