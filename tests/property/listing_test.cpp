// Pages of bookings hold exactly the bookings asked for, whatever the size of the page.
#include <algorithm>
#include <catch2/catch.hpp>

#include "comparison.hpp"

using namespace placette;
using namespace placette::test;

namespace {

bool matches(const Booking& booking, const redis::BookingFilter& filter) {
    if (filter.facility && booking.facility != *filter.facility) return false;
    if (filter.office && booking.office != *filter.office) return false;
    if (!filter.states.empty() && std::ranges::find(filter.states, booking.state) == filter.states.end())
        return false;
    return std::ranges::any_of(booking.places, [&](const Place& place) {
        return (!filter.from || place.date >= *filter.from) && (!filter.to || place.date <= *filter.to);
    });
}

std::set<std::string> expectedIds(const Model& model, const redis::BookingFilter& filter) {
    std::set<std::string> ids;
    for (const auto& [id, booking] : model.bookings()) {
        if (matches(booking, filter)) ids.insert(id);
    }
    return ids;
}

std::set<std::string> listedIds(Comparison& both, redis::BookingFilter filter) {
    std::set<std::string> ids;
    do {
        const auto page = both.page(filter);
        CHECK(page.offset == both.model().offset());
        CHECK(static_cast<int>(page.bookings.size()) <= filter.limit);
        for (const Booking& booking : page.bookings) CHECK(ids.insert(booking.id).second);
        filter.cursor = page.cursor;
    } while (!filter.cursor.empty());
    return ids;
}

}  // namespace

TEST_CASE("a call looks at a hundred bookings at most, whatever fits of them") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    RandomHistory history(11);
    for (int i = 0; i < 5000; ++i) both.step(history.next(both.model()));
    both.settle();
    redis::BookingFilter filter;
    filter.office = "esco-genlis";
    filter.states = {BookingState::declined};  // none is
    int calls = 0;
    std::string before = "-";
    do {
        const auto page = both.page(filter);
        CHECK(page.bookings.empty());
        ++calls;
        const auto upTo = page.cursor.empty() ? "+" : "[" + page.cursor;
        const auto looked = redis.command({"ZLEXCOUNT", "{t}:office:esco-genlis", before, upTo});
        CHECK(looked.integer <= 100);
        before = "(" + page.cursor;
        filter.cursor = page.cursor;
    } while (!filter.cursor.empty());
    CHECK(calls > 1);
}

TEST_CASE("pages list what was asked for, once") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    RandomHistory history(7);
    for (int i = 0; i < 5000; ++i) both.step(history.next(both.model()));
    both.settle();
    INFO(both.difference().value_or(""));
    REQUIRE_FALSE(both.difference());

    const auto first = both.model().bookings().begin()->second.places.front().date;
    std::vector<redis::BookingFilter> filters(6);
    filters[0].facility = "genlis";
    filters[1].office = "esco-auxonne";
    filters[2].facility = "genlis";
    filters[2].states = {BookingState::held, BookingState::confirmed};
    filters[3].office = "esco-genlis";
    filters[3].from = first + date::days{1};
    filters[4].facility = "aiserey";
    filters[4].from = filters[4].to = first + date::days{1};
    filters[5].facility = "nowhere";
    for (auto& filter : filters) {
        for (const int limit : {1, 7, 100, 100000}) {
            filter.limit = limit;
            CHECK(listedIds(both, filter) == expectedIds(both.model(), filter));
        }
    }
}
