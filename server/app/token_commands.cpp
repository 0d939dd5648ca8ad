#include <string>
#include <utility>

#include "app/account_commands.hpp"
#include "app/command_line.hpp"
#include "app/identity_desk.hpp"

namespace placette::app {

namespace {

using redis::Awaitable;
using redis::Client;

struct TokenLine {
    StoreConfig store;
    std::string account, id;
    std::string name = "command line";
    int days = std::chrono::days(identity::tokenLifetime).count();
    bool json = false;
};

Awaitable<int> createToken(Client& client, TokenLine line) {
    Desk desk(client);
    WriteHeader noKey;
    const auto token = co_await desk.accounts.createToken(std::move(noKey), std::move(line.account),
                                                          std::move(line.name), std::chrono::days{line.days});
    if (!token) co_return refuse(token.error());
    std::cout << token->secret.value() << '\n';
    co_return 0;
}

Awaitable<int> listTokens(Client& client, TokenLine line) {
    Desk desk(client);
    const auto all = co_await desk.accounts.tokens(std::move(line.account));
    if (!all) co_return refuse(all.error());
    if (line.json) {
        printList(*all, identity::encodeToken);
        co_return 0;
    }
    const auto at = [](const std::optional<Instant>& instant) {
        return instant ? toText(*instant) : "never";
    };
    for (const auto& token : *all)
        std::cout << token.id << "  " << token.name << "  made " << toText(token.createdAt) << "  used "
                  << at(token.lastUsedAt) << "  ends " << at(token.expiresAt) << '\n';
    co_return 0;
}

Awaitable<int> revokeToken(Client& client, TokenLine line) {
    Desk desk(client);
    WriteHeader noKey;
    const auto done = co_await desk.accounts.revokeToken(std::move(noKey), std::move(line.id), std::nullopt);
    co_return done ? 0 : refuse(done.error());
}

}  // namespace

void addTokenCommands(CLI::App& program, int& status) {
    static TokenLine line;
    Family token(program, "token", "Bearer tokens of programs", line.store);

    auto& creating = token.member("create", "Print a new bearer token, alone on a line");
    creating.add_option("--account", line.account, "Whose it is")->required();
    creating.add_option("--name", line.name, "What it is for")->capture_default_str();
    creating.add_option("--days", line.days, "How long it lives")
        ->check(CLI::Range(1, static_cast<int>(identity::longestTokenLifetime.count())))
        ->capture_default_str();
    runs(creating, line.store, status,
         [] { return [](Client& client) { return createToken(client, line); }; });
    auto& listing = token.member("list", "The tokens of an account, without their secrets");
    listing.add_option("--account", line.account, "Whose they are")->required();
    listing.add_flag("--json", line.json, "For programs");
    runs(listing, line.store, status, [] { return [](Client& client) { return listTokens(client, line); }; });
    auto& revoking = token.member("revoke", "End a token, and within a second its live sessions");
    revoking.add_option("id", line.id, "As `list` tells it")->required();
    runs(revoking, line.store, status,
         [] { return [](Client& client) { return revokeToken(client, line); }; });
}

}  // namespace placette::app
