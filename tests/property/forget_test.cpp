// What is over is erased, some at a time, and all of it in the end.
#include <algorithm>
#include <array>
#include <catch2/catch.hpp>

#include "comparison.hpp"

using namespace placette;
using namespace placette::test;

namespace {

// What does not grow with what happens, or ends by itself: the log is bounded, a key record has its time.
bool isForGood(const std::string& key) {
    constexpr std::array kinds{"head", "log", "logged", "marks", "territory", "contacts", "published"};
    const auto kind = key.substr(key.find('}') + 2);
    return kind.starts_with("key:") || std::ranges::find(kinds, kind) != kinds.end();
}

}  // namespace

TEST_CASE("forgetting in small steps erases the same as at once") {
    RedisServer server;
    RedisConnection redis(server.socket());
    Tally tally;
    Comparison both(redis, redis::functionLibrary(), tally);
    RandomHistory history(11);
    Instant now{};
    for (int i = 1; i <= 4000; ++i) {
        const Step step = history.next(both.model());
        now = step.now;
        both.step(step);
        if (i % 200 == 0) both.settle();
    }
    both.compareStates();
    INFO(both.difference().value_or(""));
    REQUIRE_FALSE(both.difference());
    const auto withContact = [&] {
        return std::ranges::count_if(both.model().bookings(),
                                     [](const auto& entry) { return !entry.second.sealedContact.empty(); });
    };
    const auto today = date::floor<date::days>(now);
    REQUIRE(withContact() > 0);

    // Only few of the bookings that are looked at have a contact: none is left for want of calls.
    CHECK(both.forget({today - date::days{30}, today + date::days{30}, now - std::chrono::hours{24 * 365}},
                      now, 3) > 10);
    both.compareStates();
    CHECK(withContact() == 0);
    CHECK_FALSE(both.difference());

    CHECK(both.forget({today + date::days{30}, today, now + std::chrono::hours{1}}, now, 3) > 10);
    both.compareStates();
    CHECK(both.model().cells().empty());
    CHECK(both.model().bookings().empty());
    for (const auto& key : redis.command({"KEYS", "*"}).items) {
        INFO(key.text);
        CHECK(isForGood(key.text));
    }
    INFO(both.difference().value_or(""));
    CHECK_FALSE(both.difference());
}
