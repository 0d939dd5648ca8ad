// booking.get and booking.list.
#include <algorithm>

#include "protocol/json_text.hpp"
#include "protocol/params.hpp"
#include "service/booking_answer.hpp"
#include "service/booking_scope.hpp"
#include "service/scope.hpp"

namespace placette::service {

namespace {

constexpr std::size_t pageSize = 64;  // less than a millisecond: replies to others do not wait longer
constexpr std::size_t longestCursor = 256;

// One index of bookings in one territory: a facility's or an office's.
struct Source {
    std::string territory;
    std::optional<std::string> facility, office;

    std::string name() const { return territory + (facility ? ":f:" + *facility : ":o:" + *office); }
};

// By name.
std::vector<Source> sourcesOf(const std::vector<hub::BookingFilter>& filters) {
    std::vector<Source> sources;
    for (const auto& filter : filters) {
        for (const auto& id : filter.facilities) sources.push_back({filter.territory, id, std::nullopt});
        for (const auto& id : filter.offices) sources.push_back({filter.territory, std::nullopt, id});
    }
    std::ranges::sort(sources, {}, &Source::name);
    return sources;
}

// Where the next page begins: "<name of the source>:<cursor within it>". What is the account's own may be
// another by then: whatever has come before it is passed by, what has gone is not missed.
struct Cursor {
    std::string source, within;

    std::string text() const { return source + ":" + within; }
};

std::optional<Cursor> cursorFrom(const std::string& text) {
    if (text.empty()) return Cursor{};
    std::size_t end = 0;
    for (int part = 0; part < 3; ++part) {
        end = text.find(':', part == 0 ? 0 : end + 1);
        if (end == std::string::npos) return std::nullopt;
    }
    return Cursor{text.substr(0, end), text.substr(end + 1)};
}

struct ListRequest {
    redis::BookingFilter filter;  // without facility and office
    BookingsOf of;
    Cursor cursor;
};

Result<ListRequest> readListRequest(const Json& params) {
    ListRequest request;
    Params p(params);
    request.of = readBookingsOf(p);
    request.filter.from = p.optional(&Params::date, "from");
    request.filter.to = p.optional(&Params::date, "to");
    if (p.has("states"))
        request.filter.states = p.distinct(&Params::oneOf<BookingState>, "states", 1, 9, bookingStateFrom);
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
    auto source = std::ranges::lower_bound(sources, request.cursor.source, {}, &Source::name);
    auto filter = std::move(request.filter);
    if (source != sources.end() && source->name() == request.cursor.source)
        filter.cursor = std::move(request.cursor.within);
    while (source != sources.end() && listed.bookings.size() < pageSize) {
        filter.facility = source->facility;
        filter.office = source->office;
        filter.limit = static_cast<int>(pageSize - listed.bookings.size());
        auto page = co_await store.bookings(source->territory, filter);
        if (!page) co_return tl::unexpected(page.error());
        std::ranges::copy_if(
            page->bookings, std::back_inserter(listed.bookings), [&](const Booking& booking) {
                // Of a facility and an office that are both one's own: it is listed with the facility.
                return source->facility || std::ranges::none_of(sources, [&](const auto& one) {
                           return one.facility == booking.facility;
                       });
            });
        filter.cursor = std::move(page->cursor);
        if (filter.cursor.empty()) ++source;
    }
    if (source != sources.end()) listed.next = Cursor{source->name(), std::move(filter.cursor)};
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
    const auto scope = bookingScope(*environment.hub.directory(), *account, request->of);
    if (!scope) co_return tl::unexpected(scope.error());
    auto work = listFrom(environment.store, sourcesOf(scope->filters), std::move(*request));
    const auto listed = co_await std::move(work);
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
