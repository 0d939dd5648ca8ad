#include "identity/attempts.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using identity::Attempts;
using std::chrono::milliseconds;
using std::chrono::seconds;

namespace {

void fail(Attempts& attempts, const char* account, const char* address) {
    auto attempt = attempts.begin(account, address);
    REQUIRE(attempt);
    attempt->failed();
}

}  // namespace

TEST_CASE("failed attempts fill an account for a minute") {
    Attempts attempts(3);
    for (int i = 0; i < 3; ++i) fail(attempts, "a", "");
    const auto refused = attempts.begin("a", "192.0.2.7");
    REQUIRE_FALSE(refused);
    CHECK(refused.error().type == ProblemType::rate_limited);
    CHECK(refused.error().retryAfter.value() > milliseconds{0});
    CHECK(refused.error().retryAfter.value() <= seconds{60});
    CHECK(attempts.begin("b", "192.0.2.7"));
    CHECK(attempts.begin("a", "", Attempts::Clock::now() + seconds{61}));
}

TEST_CASE("failed attempts fill an address, whatever the accounts") {
    Attempts attempts(2);
    fail(attempts, "a", "192.0.2.7");
    fail(attempts, "b", "192.0.2.7");
    CHECK_FALSE(attempts.begin("c", "192.0.2.7"));
    CHECK(attempts.begin("c", "192.0.2.8"));
}

TEST_CASE("attempts that do not fail leave no trace, guesses side by side are all seen") {
    Attempts attempts(2);
    for (int i = 0; i < 5; ++i) CHECK(attempts.begin("a", "192.0.2.7"));
    const auto first = attempts.begin("a", ""), second = attempts.begin("a", "");
    CHECK_FALSE(attempts.begin("a", ""));
}

TEST_CASE("without a limit nothing is refused") {
    Attempts attempts(std::nullopt);
    for (int i = 0; i < 100; ++i) fail(attempts, "a", "192.0.2.7");
    CHECK(attempts.begin("a", "192.0.2.7"));
}
