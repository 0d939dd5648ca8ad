#include "identity/attempts.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using identity::Attempts;
using identity::Guest;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void fail(Attempts& attempts, const Guest& guest, int times = 1) {
    for (int i = 0; i < times; ++i) {
        auto attempt = attempts.begin(guest);
        REQUIRE(attempt);
        attempt->failed();
    }
}

}  // namespace

TEST_CASE("who fails at an account waits a minute, and its owner elsewhere does not") {
    Attempts attempts(3);
    fail(attempts, {"a", "192.0.2.7"}, 3);
    const auto refused = attempts.begin({"a", "192.0.2.7"});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().type == ProblemType::rate_limited);
    CHECK(refused.error().retryAfter.value() > milliseconds{0});
    CHECK(refused.error().retryAfter.value() <= seconds{60});
    CHECK(attempts.begin({"b", "192.0.2.7"}));
    CHECK(attempts.begin({"a", "192.0.2.8"}));
    CHECK(attempts.begin({"a", "192.0.2.7"}, Attempts::Clock::now() + seconds{61}));
}

TEST_CASE("a network fails three times as often, whatever the accounts") {
    Attempts attempts(2);
    for (const auto* account : {"a", "b", "c"}) fail(attempts, {account, "192.0.2.7"}, 2);
    CHECK_FALSE(attempts.begin({"d", "192.0.2.7"}));
    CHECK(attempts.begin({"d", "192.0.2.8"}));
    CHECK(attempts.begin({"d", "192.0.2.7", "known"}));
    Attempts unknown(2);  // this machine's own
    for (int i = 0; i < 20; ++i) fail(unknown, {std::to_string(i)}, 2);
    CHECK(unknown.begin({"d"}));
}

TEST_CASE("all strangers together fail ten times as often at one account, and its devices are no strangers") {
    Attempts attempts(2);
    for (int i = 0; i < 10; ++i) fail(attempts, {"a", "192.0.2." + std::to_string(i)}, 2);
    CHECK_FALSE(attempts.begin({"a", "198.51.100.1"}));
    CHECK(attempts.begin({"a", "198.51.100.1", "known"}));
    fail(attempts, {"a", "198.51.100.1", "known"}, 2);
    CHECK_FALSE(attempts.begin({"a", "198.51.100.2", "known"}));
    CHECK(attempts.begin({"a", "198.51.100.2", "known too"}));
    CHECK(attempts.begin({"b", "198.51.100.2", "known"}));  // of another account it is none
}

TEST_CASE("attempts that do not fail leave no trace, guesses side by side are all seen") {
    Attempts attempts(2);
    for (int i = 0; i < 50; ++i) CHECK(attempts.begin({"a", "192.0.2.7"}));
    const auto first = attempts.begin({"a"}), second = attempts.begin({"a"});
    CHECK_FALSE(attempts.begin({"a"}));
}

TEST_CASE("without a limit nothing is refused") {
    Attempts attempts(std::nullopt);
    fail(attempts, {"a", "192.0.2.7"}, 100);
    CHECK(attempts.begin({"a", "192.0.2.7"}));
}
