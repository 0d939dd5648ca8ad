#include "identity/transaction.hpp"

#include <spdlog/spdlog.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "identity/keys.hpp"
#include "redis/keys.hpp"

namespace placette::identity {

namespace {

// KEYS[1]: {placette}:log, which says where in a cluster to run; all other keys have the same hash tag.
// ARGV[1]: JSON {requirements: [[key, field, value or null]…], commands: [[name, argument…]…]}; the command
// `erase` is ours (transaction.hpp).
// Answers 1, or 0 where a requirement failed.
constexpr const char* script = R"lua(
local request = cjson.decode(ARGV[1])
for _, requirement in ipairs(request.requirements) do
  local key, field, value = requirement[1], requirement[2], requirement[3]
  if value == cjson.null then value = false end
  if redis.call('HGET', key, field) ~= value then return 0 end
end
for _, command in ipairs(request.commands) do
  if command[1] == 'erase' then
    for _, member in ipairs(redis.call('SMEMBERS', command[2])) do redis.call('DEL', command[3] .. member) end
    redis.call('DEL', command[2])
  else
    redis.call(unpack(command))
  end
end
return 1
)lua";

tl::unexpected<Problem> refused(const redis::Reply& reply) {
    spdlog::error("Redis refused a command: {}", reply.text);
    return problem(ProblemType::store_unavailable);
}

}  // namespace

Awaitable<Result<redis::Reply>> read(redis::Client& client, std::vector<std::string> command) {
    auto reply = co_await client.command(std::move(command));
    if (!reply) co_return problem(ProblemType::store_unavailable);
    if (reply->isError()) co_return refused(*reply);
    co_return std::move(*reply);
}

Awaitable<Result<std::vector<redis::Reply>>> readAll(redis::Client& client,
                                                     std::vector<std::vector<std::string>> commands) {
    if (commands.empty()) co_return std::vector<redis::Reply>{};
    auto replies = co_await client.pipeline(std::move(commands));
    if (!replies) co_return problem(ProblemType::store_unavailable);
    for (const auto& reply : replies->items)
        if (reply.isError()) co_return refused(reply);
    co_return std::move(replies->items);
}

void Transaction::require(std::string key, std::string field, std::optional<std::string> value) {
    requirements_.push_back({std::move(key), std::move(field), std::move(value)});
}

void Transaction::run(std::vector<std::string> command) {
    commands_.push_back(std::move(command));
}

void Transaction::erase(std::string set, std::string prefix) {
    run({"erase", std::move(set), std::move(prefix)});
}

void Transaction::tell(const char* kind, const std::string& id) {
    run({"XADD", redis::keys::accountsLog, "MAXLEN", "~", "1000", "*", "kind", kind, "id", id});
}

void Transaction::record(const WriteHeader& header, const std::string& effect) {
    if (header.key.empty()) return;
    const auto key = keys::record(header.account, header.key);
    require(key, "fingerprint", std::nullopt);
    run({"HSET", key, "fingerprint", header.fingerprint, "effect", effect});
    run({"PEXPIRE", key, std::to_string(std::chrono::milliseconds(keyLifetime).count())});
}

Awaitable<Result<void>> Transaction::commit(redis::Client& client) && {
    auto requirements = nlohmann::json::array();
    for (const auto& [key, field, value] : requirements_)
        requirements.push_back({key, field, value ? nlohmann::json(*value) : nlohmann::json()});
    const nlohmann::json request{{"requirements", std::move(requirements)}, {"commands", commands_}};
    std::vector<std::string> command{"EVAL", script, "1", redis::keys::accountsLog, request.dump()};
    const auto reply = co_await client.command(std::move(command));
    if (!reply)
        co_return problem(reply.error() == redis::Failure::unavailable ? ProblemType::store_unavailable
                                                                       : ProblemType::outcome_unknown);
    if (reply->isError()) co_return refused(*reply);
    if (reply->integer != 1)
        co_return problem(ProblemType::outcome_unknown,
                          "another change came first: repeat with the same key");
    co_return Result<void>{};
}

Awaitable<Result<std::optional<std::string>>> recorded(redis::Client& client, WriteHeader header) {
    if (header.key.empty()) co_return std::nullopt;
    std::vector<std::string> command{"HMGET", keys::record(header.account, header.key), "fingerprint",
                                     "effect"};
    const auto reply = co_await read(client, std::move(command));
    if (!reply) co_return tl::unexpected(reply.error());
    const auto& fields = reply->items;
    if (fields.at(0).isNil()) co_return std::nullopt;
    // Those of before they were keyed cannot be compared: for a day after an update the key is believed.
    constexpr std::size_t unkeyed = 32;
    if (fields[0].text != header.fingerprint && fields[0].text.size() != unkeyed)
        co_return problem(ProblemType::idempotency_mismatch, "this key was used with other parameters");
    co_return fields.at(1).text;
}

}  // namespace placette::identity
