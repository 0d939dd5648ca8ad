// An account as Redis has it: what others may see, and what only sign-in may.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "identity/account.hpp"
#include "placette/domain/problem.hpp"
#include "placette/domain/time.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

struct StoredAccount {
    std::shared_ptr<const Account> account;
    std::string password;  // argon2id; empty: none was set yet
    std::string code;      // argon2id; empty: none is pending
    std::optional<Instant> codeExpiresAt;
    std::string generation, version;
};

// The id under which the account is kept, that somebody wrote like this: one over capitals. Accounts of
// before that are found as they were made.
Awaitable<Result<std::string>> knownAs(redis::Client&, std::string typed);

Awaitable<Result<std::optional<StoredAccount>>> load(redis::Client&, std::string id);
// The same; `not_found` where there is none.
Awaitable<Result<StoredAccount>> mustLoad(redis::Client&, std::string id);

std::string profile(const Account&);  // JSON, without the id
Account accountFrom(std::string id, std::string_view profile);

Instant now();
std::string toMilliseconds(Instant);
std::optional<Instant> fromMilliseconds(const std::string&);  // nullopt: empty

}  // namespace placette::identity
