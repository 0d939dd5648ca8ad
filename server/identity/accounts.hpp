// Accounts, passwords, tokens and sessions, kept in Redis under {placette}. Secrets are stored as hashes
// only. Lives on one worker thread. Changes are told to every node through the log {placette}:log (fields
// `kind` account or token, `id`), so that a revocation ends live sessions.
//
// Any of these may answer `store_unavailable`, and what changes something `outcome_unknown`: repeat with the
// same key.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "identity/account.hpp"
#include "identity/attempts.hpp"
#include "identity/passwords.hpp"
#include "identity/stored_account.hpp"
#include "identity/transaction.hpp"
#include "placette/domain/commands.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

constexpr std::size_t shortestPassword = 10;  // in characters
constexpr std::chrono::hours codeLifetime{48};
constexpr std::chrono::hours sessionLifetime{30 * 24};  // since it was last renewed
constexpr std::size_t mostTokens = 50;                  // of one account
constexpr std::chrono::days tokenLifetime{365}, longestTokenLifetime{2 * 366};

struct SignedIn {
    std::shared_ptr<const Account> account;
    std::string tokenId;              // hash of the token or cookie: what a revocation names
    bool renewed = false;             // a cookie that lives longer now: to be sent to the browser again
    std::uint64_t seen = 0;           // changes of accounts, when it was looked up
    std::optional<Instant> endsAt{};  // of a token
};
struct NewSession {
    SignedIn signedIn;
    std::string cookie;  // the secret: for the browser alone
};
struct Token {
    std::string id, name;
    Instant createdAt{};
    std::optional<Instant> lastUsedAt;  // to the hour
    std::optional<Instant> expiresAt;   // none: it was made before tokens ended
};

// Answers to changes. A secret is shown once: when the call is repeated with its key (`replayed`) it is
// absent.
struct Invited {
    Account account;
    std::optional<std::string> code;  // with it the person sets a password, once
    Instant expiresAt{};              // of the code
    bool replayed = false;
};
struct Updated {
    Account account;
    bool replayed = false;
};
struct NewToken {
    std::string id;
    std::optional<std::string> secret;
    std::optional<Instant> expiresAt{};
    bool replayed = false;
};
struct Done {
    bool replayed = false;
};

struct AccountChange {  // what is absent stays as it is
    std::optional<std::string> name, phone;
    std::optional<std::vector<Role>> roles;
    std::optional<std::vector<std::string>> facilities, offices, territories;
    std::optional<bool> disabled;
};

class Accounts {
public:
    // `mayWrite`: false while too little disk is left: what changes something is `store_unavailable` then.
    Accounts(redis::Client& client, Passwords& passwords, Attempts& attempts,
             std::function<bool()> mayWrite = {})
        : client_(client), passwords_(passwords), attempts_(attempts), mayWrite_(std::move(mayWrite)) {}

    // `unauthenticated` where the secret is unknown, used up, revoked or its account disabled.
    Awaitable<Result<SignedIn>> byToken(std::string token);
    Awaitable<Result<SignedIn>> byCookie(std::string cookie);
    // Also `rate_limited`.
    Awaitable<Result<NewSession>> signIn(Guest, std::string password);
    // Also ends all other sessions, and the tokens, of the account. A new password that is too short:
    // `invalid_params`.
    Awaitable<Result<NewSession>> signInWithCode(Guest, std::string code, std::string newPassword);
    Awaitable<Result<void>> signOut(std::string cookie);
    // One that nobody has been given.
    Awaitable<Result<void>> forget(std::string cookie);

    // Again after a change in the log: null where the account is gone or disabled, or the token revoked.
    Awaitable<Result<std::shared_ptr<const Account>>> refresh(std::string account, std::string tokenId);

    // A change of some account was read in the log, and told to the sessions that there are.
    void noteChange() { ++changes_; }
    // Before a session is given what was looked up some time ago: such a change may have been told before the
    // session could hear of it. Looked up again until none came meanwhile; `unauthenticated` as above.
    Awaitable<Result<SignedIn>> settled(SignedIn);

    // Administration. The header's account is the caller; `idempotency_mismatch` as for every change. Without
    // a key (the command line) no record is kept. An unknown account or token is `not_found`.
    Awaitable<Result<Invited>> create(WriteHeader, Account, std::optional<std::string> password = {});
    Awaitable<Result<Updated>> update(WriteHeader, std::string account, AccountChange);
    // All that was open ends, and the password, until the code is used.
    Awaitable<Result<Invited>> resetPassword(WriteHeader, std::string account);
    Awaitable<Result<std::vector<Account>>> list();
    // As people know them; those that are no more are not in it.
    Awaitable<Result<std::map<std::string, std::string>>> names(std::vector<std::string> accounts);
    // One's own; ends all sessions but the one with this tokenId, and all tokens. `current` is wrong:
    // `invalid_params`. The fingerprint is not of the passwords: they are compared with what is stored.
    Awaitable<Result<Done>> changePassword(WriteHeader, std::string tokenId, std::string current,
                                           std::string password);

    // Whether this is the password of who is signed in with tokenId: `invalid_params` of that field if not.
    Awaitable<Result<void>> confirmPassword(std::string account, std::string tokenId, std::string password,
                                            std::string field);
    Awaitable<Result<NewToken>> createToken(WriteHeader, std::string account, std::string name,
                                            std::chrono::days lifetime = tokenLifetime);
    Awaitable<Result<std::vector<Token>>> tokens(std::string account);
    // `owner`: whose token it must be; nullopt: anybody's.
    Awaitable<Result<Done>> revokeToken(WriteHeader, std::string id, std::optional<std::string> owner);

private:
    Awaitable<Result<NewSession>> openSession(std::shared_ptr<const Account>, std::string generation);
    Awaitable<Result<void>> commit(Transaction);
    // `wrong_state` where there is none: then nobody could make one.
    Awaitable<Result<StoredAccount>> anotherAdministrator(std::string than);

    redis::Client& client_;
    Passwords& passwords_;
    Attempts& attempts_;
    std::function<bool()> mayWrite_;
    std::uint64_t changes_ = 0;
};

}  // namespace placette::identity
