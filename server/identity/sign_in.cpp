// Accounts: how one comes in, stays in and goes out.
#include <utility>

#include "identity/account_change.hpp"
#include "identity/accounts.hpp"
#include "identity/keys.hpp"
#include "identity/secrets.hpp"
#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"

namespace placette::identity {

namespace {

constexpr std::chrono::hours lastUsedPrecision{1};
constexpr std::chrono::hours renewalPause{24};

const std::string lifetimeText = std::to_string(std::chrono::milliseconds(sessionLifetime).count());

tl::unexpected<Problem> stranger() {
    return problem(ProblemType::unauthenticated);
}

// What a token or cookie leads to.
struct Found {
    std::string key;       // of the token or session
    StoredAccount holder;  // may come in
    std::optional<Instant> touchedAt;
    std::string further;  // the other field that was asked for
};

// The hash at `key` has fields of these names, and `account`. `unauthenticated` where it is gone or its
// account disabled.
Awaitable<Result<Found>> find(redis::Client& client, std::string key, std::string touched,
                              std::string further) {
    std::vector<std::string> command{"HMGET", key, "account", touched, further};
    const auto reply = co_await read(client, std::move(command));
    if (!reply) co_return tl::unexpected(reply.error());
    const auto& fields = reply->items;
    if (fields.at(0).isNil()) co_return stranger();
    auto stored = co_await load(client, fields[0].text);
    if (!stored) co_return tl::unexpected(stored.error());
    if (!*stored || (*stored)->account->disabled) co_return stranger();
    co_return Found{std::move(key), std::move(**stored), fromMilliseconds(fields.at(1).text),
                    fields.at(2).text};
}

Awaitable<Result<Found>> findSession(redis::Client& client, std::string hash) {
    auto found = co_await find(client, keys::session(hash), "renewedAt", "generation");
    if (found && found->further != found->holder.generation) co_return stranger();
    co_return found;
}

Awaitable<Result<Found>> findToken(redis::Client& client, std::string hash) {
    auto found = co_await find(client, keys::token(hash), "lastUsedAt", "expiresAt");
    const auto endsAt = found ? fromMilliseconds(found->further) : std::nullopt;
    if (endsAt && *endsAt <= now()) co_return stranger();
    co_return found;
}

bool isDue(const Found& found, std::chrono::hours pause) {
    return !found.touchedAt || now() - *found.touchedAt >= pause;
}

// Must not revive what is revoked in the meantime.
Transaction touch(const Found& found, const char* field) {
    Transaction transaction;
    transaction.require(found.key, "account", found.holder.account->id);
    transaction.run({"HSET", found.key, field, toMilliseconds(now())});
    return transaction;
}

}  // namespace

Awaitable<Result<SignedIn>> Accounts::byToken(std::string token) {
    auto hash = secrets::hash(token);
    const auto seen = changes_;
    const auto found = co_await findToken(client_, hash);
    if (!found) co_return tl::unexpected(found.error());
    if (isDue(*found, lastUsedPrecision)) {
        auto use = touch(*found, "lastUsedAt");
        co_await commit(std::move(use));  // for information only: may fail
    }
    SignedIn signedIn{found->holder.account, std::move(hash), false, seen, fromMilliseconds(found->further)};
    co_return co_await settled(std::move(signedIn));
}

Awaitable<Result<SignedIn>> Accounts::byCookie(std::string cookie) {
    auto hash = secrets::hash(cookie);
    const auto seen = changes_;
    const auto found = co_await findSession(client_, hash);
    if (!found) co_return tl::unexpected(found.error());
    SignedIn signedIn{found->holder.account, std::move(hash), false, seen};
    if (isDue(*found, renewalPause)) {
        auto renewal = touch(*found, "renewedAt");
        renewal.run({"PEXPIRE", found->key, lifetimeText});
        const auto renewed = co_await commit(std::move(renewal));
        signedIn.renewed = renewed.has_value();  // if not, the next time
    }
    co_return co_await settled(std::move(signedIn));
}

Awaitable<Result<SignedIn>> Accounts::settled(SignedIn signedIn) {
    while (signedIn.seen != changes_) {
        signedIn.seen = changes_;
        const auto present = co_await refresh(signedIn.account->id, signedIn.tokenId);
        if (!present) co_return tl::unexpected(present.error());
        if (!*present) co_return stranger();
        signedIn.account = *present;
    }
    co_return signedIn;
}

Awaitable<Result<NewSession>> Accounts::signIn(Guest guest, std::string password) {
    auto known = co_await knownAs(client_, std::move(guest.account));
    if (!known) co_return tl::unexpected(known.error());
    guest.account = std::move(*known);
    auto attempt = attempts_.begin(guest);
    if (!attempt) co_return tl::unexpected(attempt.error());
    const auto stored = co_await load(client_, guest.account);
    if (!stored) co_return tl::unexpected(stored.error());

    auto stands = *stored ? (*stored)->password : std::string();
    const auto matches = co_await passwords_.verify(std::move(stands), std::move(password), std::move(guest));
    if (!matches) co_return tl::unexpected(matches.error());
    if (!*matches || (*stored)->account->disabled) {
        attempt->failed();
        co_return stranger();
    }
    co_return co_await openSession((*stored)->account, (*stored)->generation);
}

Awaitable<Result<NewSession>> Accounts::signInWithCode(Guest guest, std::string code,
                                                       std::string newPassword) {
    if (auto bad = passwordProblem(newPassword)) co_return tl::unexpected(std::move(*bad));
    auto known = co_await knownAs(client_, std::move(guest.account));
    if (!known) co_return tl::unexpected(known.error());
    guest.account = std::move(*known);
    // Counted apart: who guesses the password must not keep out who has been given a code.
    auto counted = guest;
    counted.account = "code of " + guest.account;
    auto attempt = attempts_.begin(counted);
    if (!attempt) co_return tl::unexpected(attempt.error());
    const auto stored = co_await load(client_, guest.account);
    if (!stored) co_return tl::unexpected(stored.error());

    const bool pending = *stored && (*stored)->codeExpiresAt.value_or(Instant{}) > now();
    auto stands = pending ? (*stored)->code : std::string();
    auto typed = secrets::canonicalCode(code);
    const auto matches = co_await passwords_.verify(std::move(stands), std::move(typed), std::move(guest));
    if (!matches) co_return tl::unexpected(matches.error());
    if (!*matches || (*stored)->account->disabled) {
        attempt->failed();
        co_return stranger();
    }
    const auto hashed = co_await passwords_.hash(std::move(newPassword));
    if (!hashed) co_return tl::unexpected(hashed.error());
    auto change = newPasswordOf(**stored, *hashed);
    const auto committed = co_await commit(std::move(change));
    if (!committed) co_return tl::unexpected(committed.error());
    co_return co_await openSession((*stored)->account, next((*stored)->generation));
}

Awaitable<Result<NewSession>> Accounts::openSession(std::shared_ptr<const Account> account,
                                                    std::string generation) {
    auto cookie = secrets::newCookie();
    auto hash = secrets::hash(cookie);
    const auto key = keys::session(hash);
    Transaction opening;
    opening.run({"HSET", key, "account", account->id, "generation", std::move(generation), "renewedAt",
                 toMilliseconds(now())});
    opening.run({"PEXPIRE", key, lifetimeText});
    const auto opened = co_await commit(std::move(opening));
    if (!opened) co_return tl::unexpected(opened.error());
    co_return NewSession{{std::move(account), std::move(hash)}, std::move(cookie)};
}

Awaitable<Result<void>> Accounts::forget(std::string cookie) {
    Transaction closing;
    closing.run({"DEL", keys::session(secrets::hash(cookie))});
    co_return co_await commit(std::move(closing));
}

Awaitable<Result<void>> Accounts::signOut(std::string cookie) {
    const auto hash = secrets::hash(cookie);
    Transaction closing;
    closing.run({"DEL", keys::session(hash)});
    closing.tell("token", hash);
    co_return co_await commit(std::move(closing));
}

Awaitable<Result<std::shared_ptr<const Account>>> Accounts::refresh(std::string account,
                                                                    std::string tokenId) {
    auto found = co_await findSession(client_, tokenId);
    if (!found && found.error().type == ProblemType::unauthenticated)
        found = co_await findToken(client_, tokenId);
    if (found) co_return found->holder.account->id == account ? found->holder.account : nullptr;
    if (found.error().type == ProblemType::unauthenticated) co_return nullptr;
    co_return tl::unexpected(found.error());
}

}  // namespace placette::identity
