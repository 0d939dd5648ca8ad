// Accounts: the bearer tokens of programs.
#include <algorithm>
#include <utility>

#include "identity/accounts.hpp"
#include "identity/keys.hpp"
#include "identity/secrets.hpp"
#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"

namespace placette::identity {

namespace {

struct Found {
    std::vector<Token> tokens;
    std::vector<std::string> gone;  // ids that are still in the set, of tokens that have ended
};

Awaitable<Result<Found>> tokensOf(redis::Client& client, std::string account) {
    std::vector<std::string> members{"SMEMBERS", keys::tokens(account)};
    const auto ids = co_await read(client, std::move(members));
    if (!ids) co_return tl::unexpected(ids.error());
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : ids->items)
        commands.push_back({"HMGET", keys::token(id.text), "name", "createdAt", "lastUsedAt", "expiresAt"});
    const auto replies = co_await readAll(client, std::move(commands));
    if (!replies) co_return tl::unexpected(replies.error());
    Found found;
    for (std::size_t i = 0; i < replies->size(); ++i) {
        const auto& fields = (*replies)[i].items;
        if (fields.at(0).isNil())
            found.gone.push_back(ids->items[i].text);
        else
            found.tokens.push_back(
                {ids->items[i].text, fields[0].text, fromMilliseconds(fields.at(1).text).value_or(Instant{}),
                 fromMilliseconds(fields.at(2).text), fromMilliseconds(fields.at(3).text)});
    }
    std::ranges::sort(found.tokens, {}, &Token::createdAt);
    co_return found;
}

}  // namespace

Awaitable<Result<NewToken>> Accounts::createToken(WriteHeader header, std::string account, std::string name,
                                                  std::chrono::days lifetime) {
    auto known = co_await knownAs(client_, std::move(account));
    if (!known) co_return tl::unexpected(known.error());
    account = std::move(*known);
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    if (*before) co_return NewToken{**before, std::nullopt, std::nullopt, true};
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());
    if (stored->account->disabled)
        co_return problem(ProblemType::wrong_state, "this account is disabled", "account");
    const auto present = co_await tokensOf(client_, account);
    if (!present) co_return tl::unexpected(present.error());
    if (present->tokens.size() >= mostTokens)
        co_return problem(ProblemType::too_many, "this account has too many tokens: revoke one");

    auto secret = secrets::newToken();
    auto id = secrets::hash(secret);
    const auto expiresAt = now() + lifetime;
    Transaction creation;
    creation.require(keys::account(account), "version", stored->version);
    creation.run({"HSET", keys::token(id), "account", account, "name", std::move(name), "createdAt",
                  toMilliseconds(now()), "expiresAt", toMilliseconds(expiresAt)});
    creation.run({"PEXPIREAT", keys::token(id), toMilliseconds(expiresAt)});
    creation.run({"SADD", keys::tokens(account), id});
    for (const auto& ended : present->gone) creation.run({"SREM", keys::tokens(account), ended});
    creation.record(header, id);
    const auto committed = co_await commit(std::move(creation));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return NewToken{std::move(id), std::move(secret), expiresAt};
}

Awaitable<Result<std::vector<Token>>> Accounts::tokens(std::string account) {
    auto known = co_await knownAs(client_, std::move(account));
    if (!known) co_return tl::unexpected(known.error());
    account = std::move(*known);
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());
    auto found = co_await tokensOf(client_, std::move(account));
    if (!found) co_return tl::unexpected(found.error());
    co_return std::move(found->tokens);
}

Awaitable<Result<Done>> Accounts::revokeToken(WriteHeader header, std::string id,
                                              std::optional<std::string> owner) {
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    if (*before) co_return Done{true};
    std::vector<std::string> command{"HGET", keys::token(id), "account"};
    const auto account = co_await read(client_, std::move(command));
    if (!account) co_return tl::unexpected(account.error());
    if (account->isNil() || (owner && *owner != account->text))
        co_return problem(ProblemType::not_found, "no such token", "id");

    Transaction revocation;
    revocation.run({"DEL", keys::token(id)});
    revocation.run({"SREM", keys::tokens(account->text), id});
    revocation.tell("token", id);
    revocation.record(header, id);
    const auto committed = co_await commit(std::move(revocation));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return Done{};
}

}  // namespace placette::identity
