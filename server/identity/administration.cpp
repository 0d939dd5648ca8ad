// Accounts: making, changing and listing them, and their passwords.
#include <algorithm>
#include <map>
#include <utility>

#include "identity/account_change.hpp"
#include "identity/accounts.hpp"
#include "identity/keys.hpp"
#include "identity/secrets.hpp"
#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"

namespace placette::identity {

namespace {

struct Code {
    std::string text, hashed;
    Instant expiresAt{};
};

Awaitable<Result<Code>> newCode(Passwords& passwords) {
    Code code{secrets::newCode(), {}, now() + codeLifetime};
    auto hashed = co_await passwords.hash(secrets::canonicalCode(code.text));
    if (!hashed) co_return tl::unexpected(hashed.error());
    code.hashed = std::move(*hashed);
    co_return code;
}

void store(Transaction& change, const std::string& account, const Code& code) {
    change.run({"HSET", keys::account(account), "code", code.hashed, "codeExpiresAt",
                toMilliseconds(code.expiresAt)});
}

// The same invitation, without its code. The effect on record is when that one expires.
Awaitable<Result<Invited>> invitedBefore(redis::Client& client, std::string account, std::string effect) {
    const auto stored = co_await mustLoad(client, std::move(account));
    if (!stored) co_return tl::unexpected(stored.error());
    co_return Invited{*stored->account, std::nullopt, fromMilliseconds(effect).value_or(Instant{}), true};
}

Account changed(Account account, AccountChange change) {
    const auto take = [](auto& field, auto& value) {
        if (value) field = std::move(*value);
    };
    take(account.name, change.name);
    take(account.phone, change.phone);
    take(account.roles, change.roles);
    take(account.facilities, change.facilities);
    take(account.offices, change.offices);
    take(account.territories, change.territories);
    take(account.disabled, change.disabled);
    return account;
}

bool governs(const Account& account) {
    return account.has(Role::admin) && !account.disabled;
}

Transaction creationOf(const Account& account) {
    const auto key = keys::account(account.id);
    Transaction creation;
    creation.require(key, "version", std::nullopt);
    creation.run({"HSET", key, "profile", profile(account), "generation", "1", "version", "1"});
    creation.run({"SADD", keys::accounts, account.id});
    return creation;
}

}  // namespace

Awaitable<Result<void>> Accounts::commit(Transaction transaction) {
    if (mayWrite_ && !mayWrite_())
        co_return problem(ProblemType::store_unavailable, "little disk space is left");
    co_return co_await std::move(transaction).commit(client_);
}

Awaitable<Result<Invited>> Accounts::create(WriteHeader header, Account account,
                                            std::optional<std::string> password) {
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    auto known = co_await knownAs(client_, std::move(account.id));
    if (!known) co_return tl::unexpected(known.error());
    account.id = std::move(*known);
    if (*before) co_return co_await invitedBefore(client_, account.id, **before);
    const auto taken = co_await load(client_, account.id);
    if (!taken) co_return tl::unexpected(taken.error());
    if (*taken) co_return problem(ProblemType::invalid_params, "this account exists already", "account");

    Invited invited{std::move(account), std::nullopt};
    auto creation = creationOf(invited.account);
    if (password) {
        const auto hashed = co_await passwords_.hash(std::move(*password));
        if (!hashed) co_return tl::unexpected(hashed.error());
        creation.run({"HSET", keys::account(invited.account.id), "password", *hashed});
    } else {
        const auto code = co_await newCode(passwords_);
        if (!code) co_return tl::unexpected(code.error());
        store(creation, invited.account.id, *code);
        invited.code = code->text;
        invited.expiresAt = code->expiresAt;
    }
    creation.record(header, toMilliseconds(invited.expiresAt));
    const auto committed = co_await commit(std::move(creation));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return invited;
}

Awaitable<Result<Updated>> Accounts::update(WriteHeader header, std::string account, AccountChange what) {
    auto known = co_await knownAs(client_, std::move(account));
    if (!known) co_return tl::unexpected(known.error());
    account = std::move(*known);
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());
    if (*before) co_return Updated{*stored->account, true};

    const bool governed = governs(*stored->account);
    const bool ends = what.disabled.value_or(false) && !stored->account->disabled;
    Updated updated{changed(*stored->account, std::move(what))};
    auto change = changeOf(*stored);
    if (governed && !governs(updated.account)) {
        const auto other = co_await anotherAdministrator(account);
        if (!other) co_return tl::unexpected(other.error());
        change.require(keys::account(other->account->id), "version", other->version);
    }
    change.run({"HSET", keys::account(account), "profile", profile(updated.account)});
    if (ends) {  // enabled again, one signs in again
        change.run({"HDEL", keys::account(account), "code", "codeExpiresAt"});
        endSessions(change, account);
    } else
        change.tell("account", account);
    change.record(header, account);
    const auto committed = co_await commit(std::move(change));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return updated;
}

Awaitable<Result<StoredAccount>> Accounts::anotherAdministrator(std::string than) {
    const auto all = co_await list();
    if (!all) co_return tl::unexpected(all.error());
    const auto other = std::ranges::find_if(
        *all, [&](const Account& account) { return account.id != than && governs(account); });
    if (other == all->end())
        co_return problem(ProblemType::wrong_state, "the last administrator: make another one first",
                          "account");
    co_return co_await mustLoad(client_, other->id);
}

Awaitable<Result<Invited>> Accounts::resetPassword(WriteHeader header, std::string account) {
    auto known = co_await knownAs(client_, std::move(account));
    if (!known) co_return tl::unexpected(known.error());
    account = std::move(*known);
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    if (*before) co_return co_await invitedBefore(client_, std::move(account), **before);
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());

    const auto code = co_await newCode(passwords_);
    if (!code) co_return tl::unexpected(code.error());
    auto change = changeOf(*stored);
    change.run({"HDEL", keys::account(account), "password"});
    store(change, account, *code);
    endSessions(change, account);
    change.record(header, toMilliseconds(code->expiresAt));
    const auto committed = co_await commit(std::move(change));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return Invited{*stored->account, code->text, code->expiresAt};
}

Awaitable<Result<std::vector<Account>>> Accounts::list() {
    std::vector<std::string> sorted{
        "SORT_RO", keys::accounts, "BY", "nosort", "GET", "#", "GET", keys::account("*") + "->profile"};
    const auto found = co_await read(client_, std::move(sorted));
    if (!found) co_return tl::unexpected(found.error());
    std::map<std::string_view, std::string_view> profiles;  // in the order of the ids
    for (std::size_t i = 0; i + 1 < found->items.size(); i += 2)
        if (!found->items[i + 1].isNil()) profiles.emplace(found->items[i].text, found->items[i + 1].text);
    std::vector<Account> accounts;
    accounts.reserve(profiles.size());
    for (const auto& [id, profile] : profiles) accounts.push_back(accountFrom(std::string(id), profile));
    co_return accounts;
}

Awaitable<Result<std::map<std::string, std::string>>> Accounts::names(std::vector<std::string> accounts) {
    std::map<std::string, std::string> names;
    if (accounts.empty()) co_return names;
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : accounts) commands.push_back({"HGET", keys::account(id), "profile"});
    const auto profiles = co_await readAll(client_, std::move(commands));
    if (!profiles) co_return tl::unexpected(profiles.error());
    for (std::size_t i = 0; i < accounts.size(); ++i)
        if (!(*profiles)[i].isNil())
            names.emplace(accounts[i], accountFrom(accounts[i], (*profiles)[i].text).name);
    co_return names;
}

Awaitable<Result<void>> Accounts::confirmPassword(std::string account, std::string tokenId,
                                                  std::string password, std::string field) {
    const auto stored = co_await mustLoad(client_, account);
    if (!stored) co_return tl::unexpected(stored.error());
    Guest guest{std::move(account), {}, std::move(tokenId)};
    auto attempt = attempts_.begin(guest);
    if (!attempt) co_return tl::unexpected(attempt.error());
    const auto matches = co_await passwords_.verify(stored->password, std::move(password), std::move(guest));
    if (!matches) co_return tl::unexpected(matches.error());
    if (*matches) co_return Result<void>{};
    attempt->failed();
    co_return problem(ProblemType::invalid_params, "this is not your password", std::move(field));
}

Awaitable<Result<Done>> Accounts::changePassword(WriteHeader header, std::string tokenId, std::string current,
                                                 std::string password) {
    const auto before = co_await recorded(client_, header);
    if (!before) co_return tl::unexpected(before.error());
    const auto stored = co_await mustLoad(client_, header.account);
    if (!stored) co_return tl::unexpected(stored.error());
    Guest guest{header.account, {}, tokenId};
    auto attempt = attempts_.begin(guest);
    if (!attempt) co_return tl::unexpected(attempt.error());

    auto expected = *before ? password : std::move(current);
    const auto matches = co_await passwords_.verify(stored->password, std::move(expected), std::move(guest));
    if (!matches) co_return tl::unexpected(matches.error());
    if (!*matches) {
        attempt->failed();
        if (*before) co_return problem(ProblemType::idempotency_mismatch, "this key set another password");
        co_return problem(ProblemType::invalid_params, "this is not the present password", "current");
    }
    if (*before) co_return Done{true};
    if (auto bad = passwordProblem(password)) co_return tl::unexpected(std::move(*bad));

    const auto hashed = co_await passwords_.hash(std::move(password));
    if (!hashed) co_return tl::unexpected(hashed.error());
    const auto session = keys::session(tokenId);
    std::vector<std::string> command{"EXISTS", session};
    const auto signedInByCookie = co_await read(client_, std::move(command));
    if (!signedInByCookie) co_return tl::unexpected(signedInByCookie.error());
    auto change = newPasswordOf(*stored, *hashed);
    if (signedInByCookie->integer == 1) {
        change.require(session, "generation", stored->generation);
        change.run({"HSET", session, "generation", next(stored->generation)});
    }
    change.record(header, header.account);
    const auto committed = co_await commit(std::move(change));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return Done{};
}

}  // namespace placette::identity
