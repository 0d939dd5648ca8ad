// Reading from Redis, and changing it in one step: commands that run together if what they rest on still
// holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

// `store_unavailable` where there is no answer, or an error instead of one.
Awaitable<Result<redis::Reply>> read(redis::Client&, std::vector<std::string> command);
// Several in one round trip, their replies in order; of none, none.
Awaitable<Result<std::vector<redis::Reply>>> readAll(redis::Client&,
                                                     std::vector<std::vector<std::string>> commands);

class Transaction {
public:
    // The field of that hash must still have this value; nullopt: must be absent.
    void require(std::string key, std::string field, std::optional<std::string> value);
    void run(std::vector<std::string> command);
    // All keys `prefix`…member of the set, and the set.
    void erase(std::string set, std::string prefix);
    void tell(const char* kind, const std::string& id);  // an entry of {placette}:log
    // Keeps what the call did under its key, for a repeat. Nothing where the header has no key.
    void record(const WriteHeader&, const std::string& effect);

    // `outcome_unknown` also where a requirement failed, because another change came first, perhaps of the
    // same call: a repeat with the same key decides anew. Nothing was done then.
    Awaitable<Result<void>> commit(redis::Client&) &&;

private:
    struct Requirement {
        std::string key, field;
        std::optional<std::string> value;
    };
    std::vector<Requirement> requirements_;
    std::vector<std::vector<std::string>> commands_;
};

// The effect recorded under the header's key, or nullopt. `idempotency_mismatch` for another fingerprint.
Awaitable<Result<std::optional<std::string>>> recorded(redis::Client&, WriteHeader);

}  // namespace placette::identity
