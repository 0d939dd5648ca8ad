// booking.get and booking.list.
#include <algorithm>
#include <charconv>

#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/booking_answer.hpp"
#include "service/scope.hpp"

namespace placette::service {

namespace {

constexpr std::size_t pageSize = 64;  // less than a millisecond: replies to others do not wait longer
constexpr std::size_t longestCursor = 256;

// One index of bookings in one territory: a facility's or an office's.
struct Source {
    std::string territory;
    std::optional<std::string> facility, office;
};

void addFacility(std::vector<Source>& sources, const Directory& directory, const identity::Account& account,
                 const std::string& id) {
    const auto territory = directory.territoryOfFacility(id);
    if (territory && account.runs(id) && account.sees(territory->territory.id))
        sources.push_back({territory->territory.id, id, std::nullopt});
}

void addOffice(std::vector<Source>& sources, const Directory& directory, const identity::Account& account,
               const std::string& id) {
    for (const auto& [territory, known] : directory.territories())  // an office may serve several
        if (account.worksFor(id) && account.sees(territory) && directory.office(territory, id))
            sources.push_back({territory, std::nullopt, id});
}

// Those named, or all of the account's own.
Result<std::vector<Source>> sourcesFor(const identity::Account& account, const Directory& directory,
                                       const std::optional<std::string>& facility,
                                       const std::optional<std::string>& office) {
    if (facility) {
        const auto own = ownFacility(directory, account, *facility);
        if (!own) return tl::unexpected(own.error());
    }
    if (office) {
        const auto own = ownOffice(directory, account, *office);
        if (!own) return tl::unexpected(own.error());
    }
    std::vector<Source> sources;
    if (facility) addFacility(sources, directory, account, *facility);
    if (office) addOffice(sources, directory, account, *office);
    if (facility || office) return sources;
    for (const auto& id : account.facilities) addFacility(sources, directory, account, id);
    for (const auto& id : account.offices) addOffice(sources, directory, account, id);
    return sources;
}

// Where the next page begins: "<index of the source>:<cursor within it>".
struct Cursor {
    std::size_t source = 0;
    std::string within;

    std::string text() const { return std::to_string(source) + ":" + within; }
};

std::optional<Cursor> cursorFrom(const std::string& text) {
    if (text.empty()) return Cursor{};
    Cursor cursor;
    const auto* end = text.data() + text.size();
    const auto [colon, error] = std::from_chars(text.data(), end, cursor.source);
    if (error != std::errc{} || colon == end || *colon != ':') return std::nullopt;
    cursor.within.assign(colon + 1, end);
    return cursor;
}

struct ListRequest {
    redis::BookingFilter filter;  // without facility and office
    std::optional<std::string> facility, office;
    Cursor cursor;
};

Result<ListRequest> readListRequest(const Json& params) {
    ListRequest request;
    Params p(params);
    request.facility = p.optional(&Params::id, "facility");
    request.office = p.optional(&Params::id, "office");
    if (request.facility && request.office) p.refuse("office", "name a facility or an office, not both");
    request.filter.from = p.optional(&Params::date, "from");
    request.filter.to = p.optional(&Params::date, "to");
    if (p.has("states"))
        request.filter.states = p.distinct(&Params::oneOf<BookingState>, "states", 1, 11, bookingStateFrom);
    const auto cursor = cursorFrom(p.optional(&Params::text, "cursor", 1, longestCursor).value_or(""));
    if (!cursor) p.refuse("cursor", "must be one that was answered");
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    request.cursor = *cursor;
    return request;
}

struct Listed {
    std::vector<Booking> bookings;
    std::optional<Cursor> next;
};

// Fills a page from one source after another.
Awaitable<Result<Listed>> listFrom(redis::Store& store, std::vector<Source> sources, ListRequest request) {
    Listed listed;
    auto at = std::move(request.cursor);
    while (at.source < sources.size() && listed.bookings.size() < pageSize) {
        auto filter = request.filter;
        filter.facility = sources[at.source].facility;
        filter.office = sources[at.source].office;
        filter.cursor = at.within;
        filter.limit = static_cast<int>(pageSize - listed.bookings.size());
        auto page = co_await store.bookings(sources[at.source].territory, std::move(filter));
        if (!page) co_return tl::unexpected(page.error());
        std::ranges::move(page->bookings, std::back_inserter(listed.bookings));
        at = page->cursor.empty() ? Cursor{at.source + 1, {}} : Cursor{at.source, std::move(page->cursor)};
    }
    if (at.source < sources.size()) listed.next = std::move(at);
    co_return listed;
}

encode::Audience audienceOf(const identity::Account& account, const Booking& booking) {
    return account.worksFor(booking.office) ? encode::Audience::office : encode::Audience::facility;
}

}  // namespace

Awaitable<Answer> bookingGet(Environment& environment, Caller& caller, Call call) {
    Params p(call.params);
    const auto id = p.booking();
    if (auto bad = p.problem()) co_return tl::unexpected(std::move(*bad));
    const auto scoped = co_await ownBooking(environment, caller.account, id, sideOf(call.method));
    if (!scoped) co_return tl::unexpected(scoped.error());
    std::string out = R"({"booking":)";
    appendBooking(out, environment, scoped->booking, scoped->audience());
    out += '}';
    co_return parts(std::move(out));
}

Awaitable<Answer> bookingList(Environment& environment, Caller& caller, Call call) {
    auto request = readListRequest(call.params);
    if (!request) co_return tl::unexpected(request.error());
    const auto account = caller.account;
    auto sources = sourcesFor(*account, *environment.hub.directory(), request->facility, request->office);
    if (!sources) co_return tl::unexpected(sources.error());
    const auto listed = co_await listFrom(environment.store, std::move(*sources), std::move(*request));
    if (!listed) co_return tl::unexpected(listed.error());

    std::string out = R"({"bookings":)";
    encode::array(out, listed->bookings, [&](std::string& to, const Booking& booking) {
        appendBooking(to, environment, booking, audienceOf(*account, booking));
    });
    if (listed->next) encode::append(out, R"(,"cursor":)", encode::Escaped{listed->next->text()});
    out += '}';
    co_return parts(std::move(out));
}

}  // namespace placette::service
