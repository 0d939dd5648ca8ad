#include "identity/account_change.hpp"

#include "identity/accounts.hpp"
#include "identity/keys.hpp"
#include "protocol/text_checks.hpp"

namespace placette::identity {

std::optional<Problem> passwordProblem(const std::string& password) {
    if (characters(password) >= shortestPassword) return std::nullopt;
    return Problem{ProblemType::invalid_params, "a password has at least 10 characters", "password"};
}

Transaction changeOf(const StoredAccount& stored) {
    const auto key = keys::account(stored.account->id);
    Transaction change;
    change.require(key, "version", stored.version);
    change.run({"HINCRBY", key, "version", "1"});
    return change;
}

void endSessions(Transaction& change, const std::string& account) {
    change.run({"HINCRBY", keys::account(account), "generation", "1"});
    change.erase(keys::tokens(account), keys::token(""));
    change.tell("account", account);
}

Transaction newPasswordOf(const StoredAccount& stored, const std::string& hashed) {
    const auto key = keys::account(stored.account->id);
    auto change = changeOf(stored);
    change.run({"HSET", key, "password", hashed});
    change.run({"HDEL", key, "code", "codeExpiresAt"});
    endSessions(change, stored.account->id);
    return change;
}

std::string next(const std::string& generation) {
    return std::to_string(std::stoll(generation) + 1);
}

}  // namespace placette::identity
