#include "identity/demo_accounts.hpp"

#include <algorithm>
#include <utility>

namespace placette::identity {

namespace {

// Phone numbers: from 03 53 01, a block that ARCEP keeps for fiction.
std::vector<Account> demoAccounts(const Territory& territory) {
    Account manager{"manager@demo", "Dominique Exemple", "03 53 01 01 01", {Role::manager}, {}, {},
                    {territory.id}};
    for (const Facility& facility : territory.facilities)
        if (facility.kind == FacilityKind::multi_accueil) manager.facilities.push_back(facility.id);
    return {
        std::move(manager),
        {"worker@demo",
         "Sacha Exemple",
         "03 53 01 01 10",
         {Role::worker},
         {},
         {"esco-genlis"},
         {territory.id}},
        {"coordinator@demo",
         "Camille Exemple",
         "03 53 01 01 20",
         {Role::coordinator},
         {},
         {},
         {territory.id}},
        {"admin@demo", "Claude Exemple", "03 53 01 01 30", {Role::admin}, {}, {}, {}},
    };
}

}  // namespace

Awaitable<Result<void>> ensureDemoAccounts(Accounts& accounts, Territory territory) {
    const auto existing = co_await accounts.list();
    if (!existing) co_return tl::unexpected(existing.error());
    for (const Account& account : demoAccounts(territory)) {
        const auto isThis = [&](const Account& other) { return other.id == account.id; };
        if (std::ranges::any_of(*existing, isThis)) continue;
        WriteHeader noKey;
        std::string password = "demo";
        const auto created = co_await accounts.create(std::move(noKey), account, std::move(password));
        if (!created) co_return tl::unexpected(created.error());
    }
    co_return Result<void>{};
}

Awaitable<Result<bool>> hasDemoAccounts(Accounts& accounts) {
    const auto existing = co_await accounts.list();
    if (!existing) co_return tl::unexpected(existing.error());
    const auto demo = demoAccounts({});
    co_return std::ranges::any_of(*existing, [&](const Account& account) {
        const auto isThis = [&](const Account& other) { return other.id == account.id; };
        return !account.disabled && std::ranges::any_of(demo, isThis);
    });
}

}  // namespace placette::identity
