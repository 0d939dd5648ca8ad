// The table that is made from the protocol's index.json, by hand here for one method of each kind: what the
// declaration says is what the program does.
#include <catch2/catch.hpp>

#include "service/method.hpp"
#include "service/scope.hpp"

using namespace placette::service;
using placette::identity::Account;
using placette::identity::Role;

namespace {

bool may(std::vector<Role> roles, std::string_view method) {
    const auto* found = findMethod(method);
    return found && Account{"a", "", "", std::move(roles), {}, {}, {}}.hasAny(found->roles);
}

}  // namespace

TEST_CASE("a method is found by its whole name") {
    REQUIRE(findMethod("booking.extend"));
    CHECK(findMethod("booking.extend")->name == "booking.extend");
    CHECK_FALSE(findMethod("booking.exten"));
    CHECK_FALSE(findMethod("booking.extend "));
    CHECK_FALSE(findMethod(""));
    CHECK_FALSE(findMethod("token.revoked"));
}

TEST_CASE("each role may what is its own") {
    CHECK(may({Role::manager}, "availability.adjust"));
    CHECK(may({Role::integrator}, "availability.set"));
    CHECK(may({Role::worker}, "booking.hold"));
    CHECK(may({Role::admin}, "account.create"));
    CHECK(may({Role::coordinator}, "board.subscribe"));

    CHECK_FALSE(may({Role::worker}, "availability.adjust"));
    CHECK_FALSE(may({Role::manager}, "booking.hold"));
    CHECK_FALSE(may({Role::integrator}, "booking.confirm"));
    CHECK_FALSE(may({Role::coordinator}, "booking.list"));
    CHECK_FALSE(may({Role::admin}, "booking.get"));
    CHECK_FALSE(may({Role::admin}, "no.such"));
    CHECK_FALSE(may({}, "board.get"));
}

TEST_CASE("two roles may what either may") {
    CHECK(may({Role::manager, Role::worker}, "availability.adjust"));
    CHECK(may({Role::manager, Role::worker}, "booking.hold"));
}

TEST_CASE("whose booking it has to be follows from the roles") {
    CHECK(sideOf(*findMethod("booking.extend")) == Side::office);
    CHECK(sideOf(*findMethod("booking.acknowledge")) == Side::facility);
    CHECK(sideOf(*findMethod("booking.cancel")) == Side::either);
}

TEST_CASE("what is special about a method") {
    CHECK(findMethod("session.hello")->beforeSignIn);
    CHECK_FALSE(findMethod("board.get")->beforeSignIn);
    CHECK(findMethod("board.subscribe")->subscription);
    CHECK(findMethod("booking.unsubscribe")->subscription);
    CHECK_FALSE(findMethod("booking.list")->subscription);

    const auto secret = findMethod("account.password")->secret;
    CHECK(std::vector<std::string_view>(secret.begin(), secret.end()) ==
          std::vector<std::string_view>{"current", "password"});
    CHECK(findMethod("account.create")->secret.empty());
}
