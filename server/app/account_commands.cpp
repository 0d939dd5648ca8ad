#include "app/account_commands.hpp"

#include <istream>
#include <nlohmann/json.hpp>
#include <ostream>
#include <utility>

#include "identity/accounts.hpp"
#include "protocol/params.hpp"

namespace placette::app {

namespace {

using identity::Account;

int refuse(std::ostream& errors, const Problem& problem) {
    errors << "placette: " << (problem.field.empty() ? "" : problem.field + ": ") << detailOf(problem)
           << '\n';
    return 1;
}

// As strict as the protocol. Facilities and offices may come later, with an import: they are not looked up.
Result<Account> readAccount(const Json& given) {
    Params p(given);
    Account account;
    account.id = p.account("account");
    account.name = p.text("name", 1, 200);
    account.phone = p.text("phone", 0, 40);
    for (const auto& role : p.distinct(&Params::text, "roles", 1, 5, 1, 64)) {
        const auto known = identity::roleFrom(role);
        if (known)
            account.roles.push_back(*known);
        else
            p.refuse("roles", "must be manager, worker, coordinator, admin or integrator");
    }
    account.facilities = p.distinct(&Params::id, "facilities", 0, 200);
    account.offices = p.distinct(&Params::id, "offices", 0, 200);
    account.territories = p.distinct(&Params::territory, "territories", 0, 200);
    if (p.has("password")) p.text("password", identity::shortestPassword, 256);
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    return account;
}

// Through JSON text, which also refuses what is not UTF-8.
Result<Account> readAccount(const AccountAdd& add) {
    nlohmann::json given{{"account", add.account},
                         {"name", add.name},
                         {"phone", add.phone},
                         {"roles", add.roles},
                         {"facilities", add.facilities},
                         {"offices", add.offices},
                         {"territories", add.territories}};
    if (add.password) given["password"] = *add.password;
    try {
        return readAccount(Json::parse(given.dump()));
    } catch (const nlohmann::json::exception&) {
        return problem(ProblemType::invalid_params, "texts must be UTF-8");
    }
}

}  // namespace

std::string readPassword(std::istream& in) {
    std::string line;
    std::getline(in, line);
    if (!line.empty() && line.back() == '\r') line.pop_back();
    return line;
}

redis::Awaitable<int> addAccount(redis::Client& client, identity::Passwords& passwords, AccountAdd add,
                                 std::ostream& out, std::ostream& errors) {
    auto account = readAccount(add);
    if (!account) co_return refuse(errors, account.error());
    identity::Attempts unlimited({});
    identity::Accounts accounts(client, passwords, unlimited);
    WriteHeader noKey;
    const auto invited =
        co_await accounts.create(std::move(noKey), std::move(*account), std::move(add.password));
    if (!invited) co_return refuse(errors, invited.error());
    if (invited->code)
        out << "one-time code, valid until " << toText(invited->expiresAt) << ":\n" << *invited->code << '\n';
    co_return 0;
}

redis::Awaitable<int> createToken(redis::Client& client, identity::Passwords& passwords, TokenCreate create,
                                  std::ostream& out, std::ostream& errors) {
    identity::Attempts unlimited({});
    identity::Accounts accounts(client, passwords, unlimited);
    WriteHeader noKey;
    const auto token =
        co_await accounts.createToken(std::move(noKey), std::move(create.account), std::move(create.name));
    if (!token) co_return refuse(errors, token.error());
    out << token->secret.value() << '\n';
    co_return 0;
}

}  // namespace placette::app
