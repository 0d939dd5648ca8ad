// Accounts, passwords, tokens and sessions, kept in Redis under {placette}. Secrets are stored as hashes only.
// Lives on one worker thread. Changes are told to every node through the log {placette}:log, so that a revocation
// ends live sessions.
#pragma once

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/account.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

struct SignedIn {
    std::shared_ptr<const Account> account;
    std::string tokenId;                       // hash of the token or cookie: what a revocation names
};
struct NewSession {
    SignedIn signedIn;
    std::string cookie;                        // the secret: for the browser alone
};
struct Token {
    std::string id, account, name;
    std::string createdAt;
    std::optional<std::string> lastUsedAt;
};

class Accounts {
public:
    explicit Accounts(redis::Client& client) : client_(client) {}

    // `unauthenticated` where the secret is unknown, revoked or its account disabled; `store_unavailable`.
    Awaitable<Result<SignedIn>> byToken(std::string token);
    Awaitable<Result<SignedIn>> byCookie(std::string cookie);
    Awaitable<Result<NewSession>> signIn(std::string account, std::string password);
    Awaitable<Result<NewSession>> signInWithCode(std::string account, std::string code, std::string newPassword);
    Awaitable<Result<void>> signOut(std::string cookie);

    // Again after a change in the log: null where the account is gone or disabled, or the token revoked.
    Awaitable<Result<std::shared_ptr<const Account>>> refresh(std::string account, std::string tokenId);

private:
    redis::Client& client_;
};

}  // namespace placette::identity
