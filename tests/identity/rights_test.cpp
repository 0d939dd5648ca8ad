#include "identity/rights.hpp"

#include <catch2/catch.hpp>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

using namespace placette::identity;

namespace {

std::set<std::string> methodsOfTheProtocol() {
    std::ifstream file(PLACETTE_SOURCE_DIR "/include/placette/protocol/schema/index.json");
    const auto index = nlohmann::json::parse(file);
    std::set<std::string> names;
    for (const auto& method : index.at("methods")) names.insert(method.at("name"));
    return names;
}

Account with(Role role) {
    return {"a", "", "", {role}, {}, {}, {}};
}

}  // namespace

TEST_CASE("the table of rights has every method but those before sign-in, once") {
    auto expected = methodsOfTheProtocol();
    REQUIRE(expected.erase("session.hello") == 1);
    REQUIRE(expected.erase("session.authenticate") == 1);

    std::set<std::string> listed;
    for (const Right& right : rights()) CHECK(listed.insert(std::string(right.method)).second);
    CHECK(listed == expected);
}

TEST_CASE("each role may what is its own") {
    CHECK(may(with(Role::manager), "availability.adjust"));
    CHECK(may(with(Role::integrator), "availability.set"));
    CHECK(may(with(Role::worker), "booking.hold"));
    CHECK(may(with(Role::admin), "account.create"));
    CHECK(may(with(Role::coordinator), "board.subscribe"));

    CHECK_FALSE(may(with(Role::worker), "availability.adjust"));
    CHECK_FALSE(may(with(Role::manager), "booking.hold"));
    CHECK_FALSE(may(with(Role::integrator), "booking.confirm"));
    CHECK_FALSE(may(with(Role::coordinator), "booking.list"));
    CHECK_FALSE(may(with(Role::admin), "booking.get"));
    CHECK_FALSE(may(with(Role::admin), "no.such"));
}

TEST_CASE("two roles may what either may") {
    const Account both{"a", "", "", {Role::manager, Role::worker}, {}, {}, {}};
    CHECK(may(both, "availability.adjust"));
    CHECK(may(both, "booking.hold"));
}
