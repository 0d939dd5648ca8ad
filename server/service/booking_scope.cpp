#include "service/booking_scope.hpp"

#include <algorithm>
#include <map>

#include "service/scope.hpp"

namespace placette::service {

namespace {

// The territories that the account sees, or the one that is named, if it does.
std::vector<std::string> territoriesOf(const Directory& directory, const identity::Account& account,
                                       const std::optional<std::string>& named) {
    std::vector<std::string> seen;
    for (const auto& [id, known] : directory.territories())
        if (account.sees(id) && id == named.value_or(id)) seen.push_back(id);
    return seen;
}

std::optional<Problem> refusal(const Directory& directory, const identity::Account& account,
                               const BookingsOf& asked) {
    if (asked.facility) {
        const auto own = ownFacility(directory, account, *asked.facility);
        if (!own) return own.error();
    }
    if (asked.office) {
        const auto own = ownOffice(directory, account, *asked.office);
        if (!own) return own.error();
    }
    return std::nullopt;
}

}  // namespace

BookingsOf readBookingsOf(Params& p) {
    BookingsOf asked;
    asked.facility = p.optional(&Params::id, "facility");
    asked.office = p.optional(&Params::id, "office");
    asked.territory = p.optional(&Params::territory, "territory");
    if (asked.facility && asked.office) p.refuse("office", "name a facility or an office, not both");
    return asked;
}

Result<BookingScope> bookingScope(const Directory& directory, const identity::Account& account,
                                  const BookingsOf& asked) {
    if (auto bad = refusal(directory, account, asked)) return tl::unexpected(std::move(*bad));
    const auto territories = territoriesOf(directory, account, asked.territory);
    if (asked.territory && territories.empty())
        return problem(ProblemType::invalid_params, "no such territory", "territory");
    auto facilities = account.facilities, offices = account.offices;
    if (asked.facility || asked.office) {
        facilities.clear();
        offices.clear();
        if (asked.facility) facilities.push_back(*asked.facility);
        if (asked.office) offices.push_back(*asked.office);
    }
    std::ranges::sort(facilities);
    std::ranges::sort(offices);

    BookingScope scope;
    for (const auto& id : territories) {
        hub::BookingFilter filter{id, {}, {}};
        std::ranges::copy_if(facilities, std::back_inserter(filter.facilities), [&](const auto& facility) {
            const auto known = directory.territoryOfFacility(facility);
            return known && known->territory.id == id && account.runs(facility);
        });
        std::ranges::copy_if(offices, std::back_inserter(filter.offices), [&](const auto& office) {
            return account.worksFor(office) && directory.office(id, office);
        });
        if (!filter.facilities.empty() || !filter.offices.empty()) scope.filters.push_back(std::move(filter));
    }
    if (asked.territory && scope.filters.empty())
        return problem(ProblemType::forbidden, "nothing of this account's is in that territory", "territory");
    scope.whose = std::move(facilities);
    std::ranges::move(offices, std::back_inserter(scope.whose));
    return scope;
}

}  // namespace placette::service
