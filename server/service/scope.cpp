#include "service/scope.hpp"

#include <algorithm>

namespace placette::service {

using identity::Account;

Result<KnownFacility> visibleFacility(const Directory& directory, const Account& account,
                                      const std::string& id) {
    const auto territory = directory.territoryOfFacility(id);
    if (!territory || !account.sees(territory->territory.id))
        return problem(ProblemType::not_found, "no such facility for this account", "facility");
    return KnownFacility{territory, directory.facility(id)};
}

Result<KnownFacility> ownFacility(const Directory& directory, const Account& account, const std::string& id) {
    auto known = visibleFacility(directory, account, id);
    if (known && !account.runs(id))
        return problem(ProblemType::forbidden, "not a facility of this account", "facility");
    return known;
}

Result<std::string> ownOffice(const Directory& directory, const Account& account, const std::string& id) {
    const auto isSeen = [&](const auto& entry) {  // it may serve several territories
        return account.sees(entry.first) && directory.office(entry.first, id);
    };
    if (std::ranges::any_of(directory.territories(), isSeen)) {
        if (account.worksFor(id)) return id;
        return problem(ProblemType::forbidden, "not an office of this account", "office");
    }
    return problem(ProblemType::not_found, "no such office for this account", "office");
}

Result<std::string> chosenOffice(const Directory& directory, const Account& account,
                                 const std::optional<std::string>& named) {
    if (named) return ownOffice(directory, account, *named);
    if (!account.has(identity::Role::worker) || account.offices.empty())
        return problem(ProblemType::forbidden, "this account has no office", "office");
    if (account.offices.size() == 1) return account.offices.front();
    return problem(ProblemType::invalid_params, "this account has several offices: name one", "office");
}

Side sideOf(const Method& method) {
    if (!method.roles.has(identity::Role::worker)) return Side::facility;
    return method.roles.has(identity::Role::manager) ? Side::either : Side::office;
}

Awaitable<Result<ScopedBooking>> ownBooking(Environment& environment, std::shared_ptr<const Account> account,
                                            std::string id, Side side) {
    const auto unknown = problem(ProblemType::not_found, "no such booking for this account", "booking");
    const auto known = environment.hub.directory()->territoryOfBooking(id);
    if (!known || !account->sees(known->territory.id)) co_return unknown;
    const auto territory = known->territory.id;
    auto found = co_await environment.store.booking(territory, id);
    if (!found) co_return tl::unexpected(found.error());
    if (!*found) co_return unknown;

    ScopedBooking scoped{territory, std::move(**found)};
    scoped.ofOffice = account->worksFor(scoped.booking.office);
    scoped.ofFacility = account->runs(scoped.booking.facility);
    if (!scoped.ofOffice && !scoped.ofFacility) co_return unknown;
    if (side == Side::office && !scoped.ofOffice)
        co_return problem(ProblemType::forbidden, "for the office that booked", "booking");
    if (side == Side::facility && !scoped.ofFacility)
        co_return problem(ProblemType::forbidden, "for the facility", "booking");
    co_return scoped;
}

}  // namespace placette::service
