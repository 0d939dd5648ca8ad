// Accounts: the bearer tokens of programs.
#include <algorithm>
#include <utility>

#include "identity/accounts.hpp"
#include "identity/keys.hpp"
#include "identity/secrets.hpp"
#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"

namespace placette::identity {

Awaitable<Result<NewToken>> Accounts::createToken(WriteHeader header, std::string account, std::string name) {
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    if (*before) co_return NewToken{**before, std::nullopt, true};
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());
    std::vector<std::string> command{"SCARD", keys::tokens(account)};
    const auto count = co_await read(client_, std::move(command));
    if (!count) co_return tl::unexpected(count.error());
    if (count->integer >= static_cast<std::int64_t>(mostTokens))
        co_return problem(ProblemType::too_many, "this account has too many tokens: revoke one");

    auto secret = secrets::newToken();
    auto id = secrets::hash(secret);
    Transaction creation;
    creation.require(keys::account(account), "version", stored->version);
    creation.run({"HSET", keys::token(id), "account", account, "name", std::move(name), "createdAt",
                  toMilliseconds(now())});
    creation.run({"SADD", keys::tokens(account), id});
    creation.record(header, id);
    const auto committed = co_await std::move(creation).commit(client_);
    if (!committed) co_return tl::unexpected(committed.error());
    co_return NewToken{std::move(id), std::move(secret)};
}

Awaitable<Result<std::vector<Token>>> Accounts::tokens(std::string account) {
    std::vector<std::string> members{"SMEMBERS", keys::tokens(account)};
    const auto ids = co_await read(client_, std::move(members));
    if (!ids) co_return tl::unexpected(ids.error());
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : ids->items)
        commands.push_back({"HMGET", keys::token(id.text), "name", "createdAt", "lastUsedAt"});
    const auto replies = co_await readAll(client_, std::move(commands));
    if (!replies) co_return tl::unexpected(replies.error());
    std::vector<Token> tokens;
    for (std::size_t i = 0; i < replies->size(); ++i) {
        const auto& fields = (*replies)[i].items;
        if (fields.at(0).isNil()) continue;  // revoked in between
        tokens.push_back({ids->items[i].text, fields[0].text,
                          fromMilliseconds(fields.at(1).text).value_or(Instant{}),
                          fromMilliseconds(fields.at(2).text)});
    }
    std::ranges::sort(tokens, {}, &Token::createdAt);
    co_return tokens;
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
    const auto committed = co_await std::move(revocation).commit(client_);
    if (!committed) co_return tl::unexpected(committed.error());
    co_return Done{};
}

}  // namespace placette::identity
