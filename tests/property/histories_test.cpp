// The store's functions do what the model says, over long random histories; and a defect would be seen.
#include <catch2/catch.hpp>
#include <cstdlib>
#include <iostream>
#include <random>

#include "comparison.hpp"
#include "shrinking.hpp"

using namespace placette;
using namespace placette::test;

namespace {

constexpr int steps = 20000;
constexpr int inFlight = 200;
constexpr int betweenStates = 5000;
constexpr int often = 100;

std::vector<std::uint64_t> seeds() {
    if (const char* given = std::getenv("PLACETTE_SEED")) return {std::stoull(given)};
    return {1, 20261125, std::random_device{}()};  // the last is another one in each run
}

struct Difference {
    std::string text;
    std::vector<Step> history;  // up to it
};

// Ends early at a difference.
std::optional<Difference> live(RedisConnection& redis, const redis::FunctionLibrary& library,
                               std::uint64_t seed, Tally& tally) {
    Comparison comparison(redis, library, tally);
    RandomHistory history(seed);
    std::vector<Step> past;
    for (int i = 1; i <= steps && !comparison.difference(); ++i) {
        past.push_back(history.next(comparison.model()));
        comparison.step(past.back());
        if (i % inFlight == 0) comparison.settle();
        if (i % betweenStates == 0) comparison.compareStates();
    }
    if (!comparison.difference()) comparison.compareStates();
    if (!comparison.difference()) return std::nullopt;
    return Difference{*comparison.difference(), std::move(past)};
}

// The source with one line made wrong. The line must be there, once: else the test would test nothing.
redis::FunctionLibrary spoilt(const std::string& right, const std::string& wrong) {
    std::string source = redis::functionSource;
    const auto at = source.find(right);
    REQUIRE(at != std::string::npos);
    REQUIRE(source.find(right, at + 1) == std::string::npos);
    return redis::libraryOf(source.replace(at, right.size(), wrong));
}

}  // namespace

TEST_CASE("random histories through model and functions are the same") {
    using enum ProblemType;
    using enum BookingState;
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    for (const auto seed : seeds()) {
        std::cout << "history of seed " << seed << std::endl;
        const auto difference = live(redis, redis::functionLibrary(), seed, tally);
        if (!difference) continue;
        const auto fewest = shrunk(server, redis::functionLibrary(), difference->history);
        FAIL("seed " << seed << ": " << difference->text << "\nas do these " << fewest.size()
                     << " alone:" << textOf(fewest));
    }

    for (const auto type : {not_found, invalid_params, no_place, kept_for_vip, reserved_by_hold, past, closed,
                            too_late, below_committed, over_capacity, version_conflict, hold_expired,
                            wrong_state, duplicate_booking, idempotency_mismatch}) {
        INFO(name(type));
        CHECK(tally.problems[type] >= often);
    }
    const std::vector<Transition> transitions{
        {std::nullopt, held},
        {std::nullopt, confirmed},
        {held, held},
        {held, confirmed},
        {held, released},
        {held, expired},
        {expired, confirmed},
        {confirmed, confirmed},
        {confirmed, attended},
        {confirmed, no_show},
        {attended, no_show},
        {no_show, attended},
        {attended, confirmed},
        {no_show, confirmed},
        {confirmed, cancelled_by_office},
        {confirmed, cancelled_by_facility},
        {confirmed, cancelled_by_family},
    };
    for (const auto& transition : transitions) {
        INFO((transition.first ? name(*transition.first) : "nothing") << " to " << name(transition.second));
        CHECK(tally.transitions[transition] >= often);
    }
    CHECK(tally.replays >= often);
}

TEST_CASE("a planted defect is seen") {
    struct Defect {
        const char* name;
        const char* right;
        const char* wrong;
    };
    const auto defect = GENERATE(
        Defect{"no nesting rule", "math.max(vip, cell.reserved)", "vip"},
        Defect{"no key record",
               "    put(change, 'SET', key_of(change, request), record, 'PX', KEY_LIFETIME_TEXT)\n", ""},
        Defect{"no expiry", "'-inf', instant_text(change.now))", "'-inf', '-inf')"},
        Defect{"a partial booking", "count_in(change, booking, places, booking.care, 1)",
               "count_in(change, booking, { places[1] }, booking.care, 1)"},
        Defect{"a day forgotten",
               "    for _, date in ipairs(days_of(booking)) do\n        put(change, 'SADD'",
               "    for _, date in ipairs({ last_day(booking) }) do\n        put(change, 'SADD'"},
        Defect{"a cell opened on a closed day", "closure.from <= date and date <= closure.to", "false"},
        Defect{"a closing that leaves a booking", "return closes[place_cell(booking, place)]",
               "return place.id == 0 and closes[place_cell(booking, place)]"},
        Defect{"a day that the document reopens", "if cell.by_hand or cell.closed == closed",
               "if cell.closed == closed"},
        Defect{"a week below what is taken", "math.max(open, math.min(cell.open, taken))", "open"},
        Defect{"a week above the law", "elseif unlawful[item.cell] and open > cell.open then",
               "elseif false then"},
        Defect{"a week published twice",
               "if read(change, 'HGET', published_key(change), request.facility) == request.published",
               "if false"},
        Defect{"a week that opens a closed day", "cell.version > 0 or is_closed(change, cell)",
               "cell.version > 0"},
        Defect{"a change that nobody is told of", "if open ~= from then tell_change",
               "if false then tell_change"},
        Defect{"an import below what is taken", "or below and 'below_committed'", ""},
        Defect{"one section more than the law", "local open = 0\n", "local open = -1\n"},
        Defect{"an office gone while a booking is held",
               "booking.state == 'held' or booking.state == 'confirmed') then table",
               "booking.state == 'confirmed') then table"},
        Defect{"attendance in advance", "change.now < (place.startsAt or 0)", "false"},
        Defect{"version + 2", "cell.version = cell.version + 1", "cell.version = cell.version + 2"});
    INFO(defect.name);
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    const auto library = spoilt(defect.right, defect.wrong);
    const auto difference = live(redis, library, 1, tally);
    REQUIRE(difference);
    const auto fewest = shrunk(server, library, difference->history);
    INFO(textOf(fewest));
    CHECK(replay(server, library, fewest));
    CHECK(fewest.size() <= 10);
}
