// Which account names and case references are one: tests/cases/same.json.
#include "protocol/same_text.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>

using namespace placette;

TEST_CASE("names and references that mean the same are one, and others are not") {
    const auto cases = nlohmann::json::parse(std::ifstream(PLACETTE_TEST_CASES "/same.json"));
    for (const auto& one : cases) {
        const auto a = one["a"].get<std::string>(), b = one["b"].get<std::string>();
        INFO('"' << a << "\" and \"" << b << '"');
        const bool account = one["of"] == "account";
        const auto key = [&](const std::string& text) { return account ? accountKey(text) : caseKey(text); };
        if (one.value("refused", false))
            CHECK(key(a).empty());
        else
            CHECK((key(a) == key(b)) == one["same"].get<bool>());
        CHECK(key(key(a)) == key(a));
        if (account) CHECK(isAccountId(key(a)));
    }
}

TEST_CASE("what most write is its own key") {
    CHECK(otherCaseKey("G-2041").empty());
    CHECK(otherCaseKey("g-2041") == "G-2041");
    CHECK(otherCaseKey("  ").empty());
    CHECK(accountKey("worker@demo") == "worker@demo");
    CHECK(isAccountId("worker@demo"));
    for (const auto* none : {"", "a b", "a|b", "a*", "a\tb", "<a>", "\xff"}) CHECK_FALSE(isAccountId(none));
    CHECK_FALSE(isAccountId(std::string(65, 'a')));
}
