// booking.subscribe and booking.unsubscribe: what follows bookings.
#include <algorithm>
#include <map>
#include <set>

#include "hub/booking_channel.hpp"
#include "hub/clock.hpp"
#include "protocol/encode.hpp"
#include "protocol/params.hpp"
#include "service/scope.hpp"
#include "service/since.hpp"

namespace placette::service {

namespace {

struct Request {
    hub::BookingFilter filter;
    std::optional<Since> since;
};

template <class Ids, class TerritoryOf>
void keepTerritory(Ids& ids, const std::string& territory, TerritoryOf has) {
    std::erase_if(ids, [&](const auto& id) { return !has(territory, id); });
    std::ranges::sort(ids);
}

// The territory that the subscription is about: bookings follow one territory's log. The named one, that of
// the named facility, or the only one that the account sees and its facilities and offices are in.
Result<std::string> territoryOf(const Environment& env, const identity::Account& account,
                                const hub::BookingFilter& filter) {
    const auto directory = env.hub.directory();
    std::set<std::string> found;
    for (const auto& facility : filter.facilities)
        if (const auto known = directory->territoryOfFacility(facility)) found.insert(known->territory.id);
    for (const auto& entry : directory->territories()) {
        const auto& id = entry.first;
        if (account.sees(id) && std::ranges::any_of(filter.offices, [&](const auto& office) {
                return directory->office(id, office);
            }))
            found.insert(id);
    }
    if (found.size() == 1) return *found.begin();
    if (found.empty()) return problem(ProblemType::forbidden, "this account has no facility and no office");
    return problem(ProblemType::invalid_params, "several territories: name one", "territory");
}

Result<Request> read(const Environment& env, const Caller& caller, const Json& params) {
    Params p(params);
    Request request;
    auto& filter = request.filter;
    const auto facility = p.optional(&Params::id, "facility");
    const auto office = p.optional(&Params::id, "office");
    const auto territory = p.optional(&Params::territory, "territory");
    request.since = readSince(p);
    if (facility && office) p.refuse("office", "either a facility or an office");
    if (auto bad = p.problem()) return tl::unexpected(*bad);

    const auto& account = *caller.account;
    const auto directory = env.hub.directory();
    if (facility) {
        const auto own = ownFacility(*directory, account, *facility);
        if (!own) return tl::unexpected(own.error());
    }
    if (office) {
        const auto own = ownOffice(*directory, account, *office);
        if (!own) return tl::unexpected(own.error());
    }
    if (facility)
        filter.facilities = {*facility};
    else if (office)
        filter.offices = {*office};
    else
        filter.facilities = account.facilities, filter.offices = account.offices;
    std::erase_if(filter.facilities, [&](const auto& id) { return !ownFacility(*directory, account, id); });
    std::erase_if(filter.offices, [&](const auto& id) { return !account.worksFor(id); });

    if (territory) {
        filter.territory = *territory;
    } else {
        auto only = territoryOf(env, account, filter);
        if (!only) return tl::unexpected(only.error());
        filter.territory = *only;
    }
    keepTerritory(filter.facilities, filter.territory, [&](const auto& in, const auto& id) {
        const auto known = directory->territoryOfFacility(id);
        return known && known->territory.id == in;
    });
    keepTerritory(filter.offices, filter.territory,
                  [&](const auto& in, const auto& id) { return directory->office(in, id) != nullptr; });
    if (filter.facilities.empty() && filter.offices.empty())
        return problem(ProblemType::forbidden, "nothing of this account's is in that territory");
    if (!account.sees(filter.territory) || !env.hub.ring(filter.territory) ||
        !directory->territory(filter.territory))
        return problem(ProblemType::invalid_params, "no such territory", "territory");
    return request;
}

struct Found {
    std::map<std::string, Booking> bookings;
    std::optional<std::int64_t> offset;  // every change up to it is in
};

Awaitable<Result<Found>> addPages(Environment& env, std::string territory, redis::BookingFilter filter,
                                  Found found) {
    do {
        auto page = co_await env.store.bookings(territory, filter);
        if (!page) co_return tl::unexpected(page.error());
        found.offset = std::min(found.offset.value_or(page->offset), page->offset);
        for (auto& booking : page->bookings) {
            auto id = booking.id;
            found.bookings.insert_or_assign(std::move(id), std::move(booking));
        }
        filter.cursor = page->cursor;
    } while (!filter.cursor.empty());
    co_return std::move(found);
}

// All bookings from yesterday on: what is still to come, and what may still want its attendance.
Awaitable<Result<Found>> present(Environment& env, hub::BookingFilter filter) {
    const auto known = env.hub.directory()->territory(filter.territory);
    const auto now = hub::now();
    redis::BookingFilter query;
    query.from = localDate(now, *known->zone) - date::days{1};
    Result<Found> found = Found{};
    for (const auto& facility : filter.facilities) {
        query.facility = facility;
        auto work = addPages(env, filter.territory, query, std::move(*found));
        found = co_await std::move(work);
        if (!found) co_return found;
    }
    query.facility.reset();
    for (const auto& office : filter.offices) {
        query.office = office;
        auto work = addPages(env, filter.territory, query, std::move(*found));
        found = co_await std::move(work);
        if (!found) co_return found;
    }
    co_return found;
}

std::string encodeAll(const Environment& env, const hub::BookingFilter& filter, const Found& found) {
    std::string out = "[";
    for (const auto& [id, booking] : found.bookings) {
        if (out.size() > 1) out += ',';
        hub::BookingChannel::encodeBooking(out, filter, booking, env.hub.openContact(), std::nullopt);
    }
    return out += ']';
}

}  // namespace

Awaitable<Answer> bookingSubscribe(Environment& env, Caller& caller, Call call) {
    auto request = read(env, caller, call.params);
    if (!request) co_return tl::unexpected(request.error());
    const auto filter = std::move(request->filter);
    const auto id = filter.id();
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();

    auto source = co_await sourceFor(env, filter.territory, request->since);
    const auto epoch = env.hub.epoch(filter.territory);
    const auto* ring = env.hub.ring(filter.territory);
    const auto seen = seenBy(env, caller, filter.territory);
    if (source != Recovery::snapshot &&
        (!reaches(env, filter.territory, *request->since) || ring->head() < seen))
        source = Recovery::snapshot;
    std::int64_t offset = ring->head();
    Shared bookings;
    if (source == Recovery::snapshot) {
        auto work = present(env, filter);
        const auto found = co_await std::move(work);
        if (!found) co_return tl::unexpected(found.error());
        if (epoch != env.hub.epoch(filter.territory))
            co_return problem(ProblemType::store_unavailable, "the board is being loaded anew");
        offset = found->offset.value_or(0);
        bookings = shared(encodeAll(env, filter, *found));
    }
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
    const auto channel = env.hub.channel(filter);
    if (!bookings) bookings = channel->changedSince(request->since->offset);
    auto reply = shared("{" + opening(env, id, source, epoch, offset) + R"(,"bookings":)");
    static const Shared end = shared("}");
    caller.watcher->subscribe(channel, offset, reply);
    co_return Parts{reply, bookings, end};
}

Awaitable<Answer> bookingUnsubscribe(Environment&, Caller& caller, Call call) {
    co_return unsubscribe(caller, call.params);
}

}  // namespace placette::service
