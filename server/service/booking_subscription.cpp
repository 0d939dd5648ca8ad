// booking.subscribe and booking.unsubscribe: what follows bookings, in as many territories as there are of
// the account's own: one subscription with a place in the log of each.
#include <algorithm>
#include <set>

#include "hub/booking_channel.hpp"
#include "hub/clock.hpp"
#include "protocol/json_text.hpp"
#include "service/booking_scope.hpp"
#include "service/since.hpp"

namespace placette::service {

namespace {

// Where a client has come to: one place, where it follows one territory, or one in each.
struct Places {
    std::optional<Since> only;
    std::vector<std::pair<std::string, Since>> each;  // by territory
};

struct Request {
    BookingScope scope;
    std::vector<Since> since;  // one for each filter; none: all anew
};

Places readPlaces(Params& p) {
    constexpr std::size_t mostTerritories = 1000;
    Places places;
    const bool several = p.has("since") && p.any("since").is_array();
    if (!several) {
        places.only = readSince(p);
        return places;
    }
    p.objects("since", 1, mostTerritories, [&](Params& place) {
        auto territory = place.territory("territory");
        places.each.emplace_back(std::move(territory), readPlace(place));
    });
    const auto territory = [](const auto& place) { return place.first; };
    std::ranges::sort(places.each, {}, territory);
    if (std::ranges::adjacent_find(places.each, {}, territory) != places.each.end())
        p.refuse("since", "names a territory twice");
    return places;
}

// None where they are not of the territories that are followed: those may be others than before.
std::vector<Since> sinceIn(const std::vector<hub::BookingFilter>& filters, Places places) {
    if (places.only && filters.size() == 1) return {std::move(*places.only)};
    const auto isOf = [](const hub::BookingFilter& filter, const auto& place) {
        return filter.territory == place.first;
    };
    std::vector<Since> since;
    if (std::ranges::equal(filters, places.each, isOf))
        for (auto& [territory, place] : places.each) since.push_back(std::move(place));
    return since;
}

Result<Request> read(const Environment& env, const Caller& caller, const Json& params) {
    Params p(params);
    const auto asked = readBookingsOf(p);
    auto places = readPlaces(p);
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    auto scope = bookingScope(*env.hub.directory(), *caller.account, asked);
    if (!scope) return tl::unexpected(scope.error());
    if (scope->filters.empty())
        return problem(ProblemType::forbidden, "this account has no facility and no office");
    for (const auto& filter : scope->filters)
        if (!env.hub.ring(filter.territory))
            return problem(ProblemType::store_unavailable, "the territory is being loaded");
    auto since = sinceIn(scope->filters, std::move(places));
    return Request{std::move(*scope), std::move(since)};
}

// Whether the logs in memory tell all that followed: of all territories, or all is told anew.
Awaitable<Recovery> sourceOf(Environment& env, const Caller& caller, const Request& request) {
    if (request.since.empty()) co_return Recovery::snapshot;
    const auto& filters = request.scope.filters;
    auto source = Recovery::memory;
    for (std::size_t i = 0; i < filters.size() && source != Recovery::snapshot; ++i) {
        const auto of = co_await sourceFor(env, filters[i].territory, request.since[i]);
        source = std::max(source, of);
    }
    for (std::size_t i = 0; i < filters.size(); ++i) {
        const auto& territory = filters[i].territory;
        if (!reaches(env, territory, request.since[i]) ||
            env.hub.ring(territory)->head() < seenBy(env, caller, territory))
            source = Recovery::snapshot;
    }
    co_return source;
}

// The bookings of one territory as they are in the store.
struct Found {
    std::string epoch;
    std::optional<std::int64_t> offset;  // every change up to it is in
    std::set<std::string> ids;
    std::string text;  // of a JSON array, without its brackets
};

Awaitable<std::optional<Problem>> addPages(Environment& env, const hub::BookingFilter& filter,
                                           redis::BookingFilter query, Found& found) {
    do {
        auto page = co_await env.store.bookings(filter.territory, query);
        if (!page) co_return page.error();
        found.offset = std::min(found.offset.value_or(page->offset), page->offset);
        for (const auto& booking : page->bookings) {
            if (!found.ids.insert(booking.id).second)
                continue;  // of a facility and an office that are both ours
            if (!found.text.empty()) found.text += ',';
            hub::BookingChannel::encodeBooking(found.text, filter, booking, env.hub.openContact(),
                                               std::nullopt);
        }
        query.cursor = page->cursor;
    } while (!query.cursor.empty());
    co_return std::nullopt;
}

Awaitable<Result<Found>> present(Environment& env, const hub::BookingFilter& filter) {
    Found found;
    found.epoch = env.hub.epoch(filter.territory);
    redis::BookingFilter query;
    const auto known = env.hub.directory()->territory(filter.territory);
    if (!known) co_return problem(ProblemType::store_unavailable, "the territory is being loaded");
    query.from = hub::firstDayOfBookings(*known->zone, hub::now());
    for (const auto& facility : filter.facilities) {
        query.facility = facility;
        auto work = addPages(env, filter, query, found);
        auto bad = co_await std::move(work);
        if (bad) co_return tl::unexpected(std::move(*bad));
    }
    query.facility.reset();
    for (const auto& office : filter.offices) {
        query.office = office;
        auto work = addPages(env, filter, query, found);
        auto bad = co_await std::move(work);
        if (bad) co_return tl::unexpected(std::move(*bad));
    }
    co_return found;
}

// A subscription as it begins.
struct Beginning {
    std::vector<hub::Cursor> cursors;
    std::string bookings;  // of a JSON array, without its brackets

    void add(hub::Cursor cursor, std::string_view some) {
        cursors.push_back(std::move(cursor));
        if (!bookings.empty() && !some.empty()) bookings += ',';
        bookings += some;
    }
};

Awaitable<Result<Beginning>> anew(Environment& env, const std::vector<hub::BookingFilter>& filters,
                                  std::string id) {
    std::vector<Found> all;
    for (const auto& filter : filters) {
        auto found = co_await present(env, filter);
        if (!found) co_return tl::unexpected(found.error());
        all.push_back(std::move(*found));
    }
    Beginning beginning;
    for (std::size_t i = 0; i < filters.size(); ++i) {
        if (all[i].epoch != env.hub.epoch(filters[i].territory))
            co_return problem(ProblemType::store_unavailable, "the territory is being loaded anew");
        beginning.add({env.hub.channel(filters[i], id), all[i].offset.value_or(0)}, all[i].text);
    }
    co_return beginning;
}

Beginning recovered(Environment& env, const Request& request, const std::string& id) {
    Beginning beginning;
    for (std::size_t i = 0; i < request.since.size(); ++i) {
        const auto& filter = request.scope.filters[i];
        const auto channel = env.hub.channel(filter, id);
        const std::string_view array = *channel->changedSince(request.since[i].offset);
        beginning.add({channel, env.hub.ring(filter.territory)->head()}, array.substr(1, array.size() - 2));
    }
    return beginning;
}

void encodeTerritories(std::string& out, const BookingScope& scope, const std::vector<hub::Cursor>& cursors) {
    auto filter = scope.filters.begin();
    encode::array(out, cursors, [&](std::string& to, const hub::Cursor& cursor) {
        encode::Object territory(to);
        territory.text("territory", filter->territory);
        territory.text("epoch", cursor.channel->epoch());
        territory.member("offset", cursor.told);
        territory.member("from", encode::Quoted{cursor.channel->from()});
        encode::texts(territory.member("facilities"), filter->facilities);
        encode::texts(territory.member("offices"), filter->offices);
        territory.end();
        ++filter;
    });
}

}  // namespace

Awaitable<Answer> bookingSubscribe(Environment& env, Caller& caller, Call call) {
    const auto request = read(env, caller, call.params);
    if (!request) co_return tl::unexpected(request.error());
    const auto id = hub::idOf(request->scope.filters);
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();

    const auto source = co_await sourceOf(env, caller, *request);
    Result<Beginning> beginning;
    if (source == Recovery::snapshot) {
        beginning = co_await anew(env, request->scope.filters, id);
        if (!beginning) co_return tl::unexpected(beginning.error());
    }
    if (!mayWatch(env, caller, id)) co_return tooManySubscriptions();
    if (source != Recovery::snapshot) beginning = recovered(env, *request, id);

    const auto& first = beginning->cursors.front();
    auto text = "{" + opening(env, id, source, first.channel->epoch(), first.told) + R"(,"territories":)";
    encodeTerritories(text, request->scope, beginning->cursors);
    encode::append(text, R"(,"bookings":[)", beginning->bookings, "]}");
    const auto reply = shared(std::move(text));
    caller.watcher->subscribe(std::move(beginning->cursors), reply, request->scope.whose);
    co_return Parts{reply};
}

Awaitable<Answer> bookingUnsubscribe(Environment&, Caller& caller, Call call) {
    co_return unsubscribe(caller, call.params);
}

}  // namespace placette::service
