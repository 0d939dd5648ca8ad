// account.* and token.*: who may sign in.
#include <algorithm>

#include "identity/account_view.hpp"
#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "protocol/same_text.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

using identity::Account;
using identity::AccountChange;
using Ids = std::vector<std::string>;

constexpr std::size_t mostIds = 200;

std::vector<identity::Role> readRoles(Params& p) {
    return p.distinct(&Params::oneOf<identity::Role>, "roles", 1, 5, identity::roleFrom);
}

// An id mistyped here would be a right that nobody has.
template <class Exists>
Ids readIds(Params& p, std::string (Params::*read)(Params::Name), std::string_view name, Exists exists) {
    auto ids = p.distinct(read, name, 0, mostIds);
    for (const auto& id : ids)
        if (!exists(id)) p.refuse(name, "names something that there is not: " + id);
    return ids;
}

Ids readFacilities(Params& p, const Directory& directory) {
    return readIds(p, &Params::id, "facilities",
                   [&](const std::string& id) { return directory.facility(id) != nullptr; });
}

Ids readOffices(Params& p, const Directory& directory) {
    return readIds(p, &Params::id, "offices", [&](const std::string& id) {
        return std::ranges::any_of(directory.territories(), [&](const auto& entry) {
            return directory.office(entry.first, id) != nullptr;
        });
    });
}

Ids readTerritories(Params& p, const Directory& directory) {
    return readIds(p, &Params::territory, "territories",
                   [&](const std::string& id) { return directory.territory(id) != nullptr; });
}

std::string readName(Params& p) {
    return p.text("name", 1, 200);
}
std::string readPhone(Params& p) {
    return p.text("phone", 0, 40);
}

Account readAccount(Params& p, const Directory& directory) {
    Account account;
    account.id = p.account("account");
    account.name = readName(p);
    if (p.has("phone")) account.phone = readPhone(p);
    account.roles = readRoles(p);
    account.facilities = readFacilities(p, directory);
    account.offices = readOffices(p, directory);
    account.territories = readTerritories(p, directory);
    return account;
}

AccountChange readChange(Params& p, const Directory& directory) {
    AccountChange change;
    if (p.has("name")) change.name = readName(p);
    if (p.has("phone")) change.phone = readPhone(p);
    if (p.has("roles")) change.roles = readRoles(p);
    if (p.has("facilities")) change.facilities = readFacilities(p, directory);
    if (p.has("offices")) change.offices = readOffices(p, directory);
    if (p.has("territories")) change.territories = readTerritories(p, directory);
    change.disabled = p.optional(&Params::flag, "disabled");
    return change;
}

// One's own, or for administrators anybody's.
Result<std::string> accountMeant(const Caller& caller, const std::optional<std::string>& named) {
    const auto& own = caller.account->id;
    if (!named || *named == own || accountKey(*named) == own) return own;
    if (caller.account->has(identity::Role::admin)) return *named;
    return problem(ProblemType::forbidden, "tokens of another account", "account");
}

Answer ended(std::string out, bool replayed) {
    if (replayed) out += out == "{" ? R"("replayed":true)" : R"(,"replayed":true)";
    out += '}';
    return parts(std::move(out));
}

void addCode(std::string& out, const std::optional<std::string>& code) {
    if (code) encode::append(out, R"(,"code":")", *code, '"');
}

}  // namespace

Awaitable<Answer> accountCreate(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto account = readAccount(p, *environment.hub.directory());
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const auto invited = co_await environment.accounts.create(std::move(header), std::move(account));
    if (!invited) co_return tl::unexpected(invited.error());

    std::string out = R"({"account":)";
    identity::encodeAccount(out, invited->account);
    addCode(out, invited->code);
    co_return ended(std::move(out), invited->replayed);
}

Awaitable<Answer> accountList(Environment& environment, Caller&, Call call) {
    Params p(call.params);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    const auto accounts = co_await environment.accounts.list();
    if (!accounts) co_return tl::unexpected(accounts.error());

    std::string out = R"({"accounts":)";
    encode::array(out, *accounts, identity::encodeAccount);
    co_return ended(std::move(out), false);
}

Awaitable<Answer> accountUpdate(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto account = p.account("account");
    auto change = readChange(p, *environment.hub.directory());
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const auto updated =
        co_await environment.accounts.update(std::move(header), std::move(account), std::move(change));
    if (!updated) co_return tl::unexpected(updated.error());

    std::string out = R"({"account":)";
    identity::encodeAccount(out, updated->account);
    co_return ended(std::move(out), updated->replayed);
}

Awaitable<Answer> accountResetPassword(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto account = p.account("account");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const auto invited = co_await environment.accounts.resetPassword(std::move(header), std::move(account));
    if (!invited) co_return tl::unexpected(invited.error());

    std::string out;
    encode::append(out, R"({"expiresAt":")", invited->expiresAt, '"');
    addCode(out, invited->code);
    co_return ended(std::move(out), invited->replayed);
}

Awaitable<Answer> accountPassword(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto current = p.text("current", 1, 256);
    auto password = p.text("password", identity::shortestPassword, 256);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto header = headerOf(environment, caller, call);
    auto tokenId = caller.tokenId;
    co_await turn.come();
    const auto done = co_await environment.accounts.changePassword(std::move(header), std::move(tokenId),
                                                                   std::move(current), std::move(password));
    if (!done) co_return tl::unexpected(done.error());
    co_return ended("{", done->replayed);
}

Awaitable<Answer> tokenCreate(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto tokenName = p.text("name", 1, 100);
    const auto named = p.optional(&Params::account, "account");
    auto password = p.text("password", 1, 256);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto account = accountMeant(caller, named);
    if (!account) co_return tl::unexpected(account.error());
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const auto confirmed = co_await environment.accounts.confirmPassword(caller.account->id, caller.tokenId,
                                                                         std::move(password), "password");
    if (!confirmed) co_return tl::unexpected(confirmed.error());
    const auto token = co_await environment.accounts.createToken(std::move(header), std::move(*account),
                                                                 std::move(tokenName));
    if (!token) co_return tl::unexpected(token.error());

    std::string out;
    encode::append(out, R"({"id":")", token->id, '"');
    if (token->secret) encode::append(out, R"(,"token":")", *token->secret, '"');
    if (token->expiresAt) encode::append(out, R"(,"expiresAt":")", *token->expiresAt, '"');
    co_return ended(std::move(out), token->replayed);
}

Awaitable<Answer> tokenList(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto named = p.optional(&Params::account, "account");
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    auto account = accountMeant(caller, named);
    if (!account) co_return tl::unexpected(account.error());
    const auto tokens = co_await environment.accounts.tokens(std::move(*account));
    if (!tokens) co_return tl::unexpected(tokens.error());

    std::string out = R"({"tokens":)";
    encode::array(out, *tokens, identity::encodeToken);
    co_return ended(std::move(out), false);
}

Awaitable<Answer> tokenRevoke(Environment& environment, Caller& caller, Call call) {
    Turn turn(caller.turns);
    Params p(call.params);
    p.key();
    auto id = p.text("id", 1, 64);
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    std::optional<std::string> owner;
    if (!caller.account->has(identity::Role::admin)) owner = caller.account->id;
    auto header = headerOf(environment, caller, call);
    co_await turn.come();
    const auto done =
        co_await environment.accounts.revokeToken(std::move(header), std::move(id), std::move(owner));
    if (!done) co_return tl::unexpected(done.error());
    co_return ended("{", done->replayed);
}

}  // namespace placette::service
