#include "identity/stored_account.hpp"

#include <charconv>
#include <utility>

#include "identity/keys.hpp"
#include "identity/transaction.hpp"
#include "protocol/json_text.hpp"
#include "protocol/same_text.hpp"
#include "redis/record.hpp"

namespace placette::identity {

namespace {

std::vector<std::string> textsIn(const redis::Record& record, std::string_view field) {
    std::vector<std::string> texts;
    for (const redis::Value each : record.at(field).get_array()) texts.emplace_back(redis::textOf(each));
    return texts;
}

}  // namespace

Account accountFrom(std::string id, std::string_view profile) {
    const auto record = redis::Record::parse(profile);
    Account account;
    account.id = std::move(id);
    account.name = record.text("name");
    account.phone = record.text("phone");
    for (const redis::Value role : record.at("roles").get_array())
        if (const auto known = roleFrom(redis::textOf(role))) account.roles.push_back(*known);
    account.facilities = textsIn(record, "facilities");
    account.offices = textsIn(record, "offices");
    account.territories = textsIn(record, "territories");
    account.disabled = record.flag("disabled");
    return account;
}

std::string profile(const Account& account) {
    std::string text;
    encode::Object record(text);
    record.text("name", account.name);
    record.text("phone", account.phone);
    encode::array(record.member("roles"), account.roles,
                  [](std::string& out, Role role) { encode::append(out, encode::Quoted{name(role)}); });
    encode::texts(record.member("facilities"), account.facilities);
    encode::texts(record.member("offices"), account.offices);
    encode::texts(record.member("territories"), account.territories);
    record.member("disabled", account.disabled);
    record.end();
    return text;
}

Awaitable<Result<std::string>> knownAs(redis::Client& client, std::string typed) {
    auto id = accountKey(typed);
    if (id == typed) co_return id;
    std::vector<std::vector<std::string>> commands{{"EXISTS", keys::account(id)},
                                                   {"EXISTS", keys::account(typed)}};
    const auto there = co_await readAll(client, std::move(commands));
    if (!there) co_return tl::unexpected(there.error());
    co_return (*there)[0].integer == 0 && (*there)[1].integer == 1 ? typed : id;
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
