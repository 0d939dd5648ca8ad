#include <catch2/catch.hpp>

#include "fixture.hpp"
#include "identity/demo_accounts.hpp"

using namespace placette;
using namespace placette::identity;
using test::Fixture;

namespace {

template <class T>
ProblemType failure(const Result<T>& result) {
    REQUIRE_FALSE(result);
    return result.error().type;
}

constexpr const char* password = "correct horse";

}  // namespace

TEST_CASE("a password opens a session, a cookie continues it, signing out ends it everywhere") {
    Fixture f;
    f.person("alix", password);
    const auto session = f.run(f.accounts.signIn({"alix"}, password)).value();
    CHECK(session.signedIn.account->offices == std::vector<std::string>{"esco-genlis"});

    const auto again = f.run(f.accounts.byCookie(session.cookie)).value();
    CHECK(*again.account == *session.signedIn.account);
    CHECK(again.tokenId == session.signedIn.tokenId);
    CHECK_FALSE(again.renewed);
    CHECK(f.run(f.accounts.refresh("alix", again.tokenId)).value());

    REQUIRE(f.run(f.accounts.signOut(session.cookie)));
    CHECK(f.log() == std::vector<std::string>{"token " + again.tokenId});
    CHECK(failure(f.run(f.accounts.byCookie(session.cookie))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.refresh("alix", again.tokenId)).value() == nullptr);
}

TEST_CASE("what is wrong opens nothing") {
    Fixture f;
    f.person("alix", password);
    CHECK(failure(f.run(f.accounts.signIn({"alix"}, "wrong"))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.signIn({"alix"}, ""))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.signIn({"nobody"}, password))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byToken("plt_x"))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byCookie(""))) == ProblemType::unauthenticated);

    const auto session = f.run(f.accounts.signIn({"alix"}, password)).value();
    CHECK(failure(f.run(f.accounts.byToken(session.cookie))) == ProblemType::unauthenticated);
}

TEST_CASE(
    "too many wrong passwords are answered rate_limited, even if the next one is right; not the owner "
    "elsewhere") {
    Fixture f(2);
    f.person("alix", password);
    for (int i = 0; i < 2; ++i) f.run(f.accounts.signIn({"alix", "192.0.2.7"}, "wrong"));
    const auto refused = f.run(f.accounts.signIn({"alix", "192.0.2.7"}, password));
    CHECK(failure(refused) == ProblemType::rate_limited);
    CHECK(refused.error().retryAfter);
    CHECK(f.run(f.accounts.signIn({"alix", "192.0.2.8"}, password)));
    CHECK(f.run(f.accounts.signIn({"alix", "192.0.2.7", "known"}, password)));
}

TEST_CASE("a session is renewed once a day, and expires") {
    Fixture f;
    f.person("alix", password);
    const auto session = f.run(f.accounts.signIn({"alix"}, password)).value();
    const auto key = "{placette}:session:" + session.signedIn.tokenId;
    constexpr std::int64_t month = 30LL * 24 * 3600;
    CHECK(f.redis({"TTL", key}).integer > month - 60);

    f.redis({"HSET", key, "renewedAt", "1"});
    f.redis({"EXPIRE", key, "100"});
    CHECK(f.run(f.accounts.byCookie(session.cookie)).value().renewed);
    CHECK(f.redis({"TTL", key}).integer > month - 60);
    CHECK_FALSE(f.run(f.accounts.byCookie(session.cookie)).value().renewed);
}

TEST_CASE("a reset ends all that was open, and the password; its code sets another one, once") {
    Fixture f;
    f.person("alix", password);
    const auto before = f.run(f.accounts.signIn({"alix"}, password)).value();
    const auto token = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    const auto invited = f.run(f.accounts.resetPassword({"admin", "k", "p"}, "alix")).value();
    const auto code = invited.code.value();
    CHECK(failure(f.run(f.accounts.byCookie(before.cookie))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.refresh("alix", before.signedIn.tokenId)).value() == nullptr);
    CHECK(failure(f.run(f.accounts.signIn({"alix"}, password))) == ProblemType::unauthenticated);
    CHECK(f.log() == std::vector<std::string>{"account alix"});

    CHECK(failure(f.run(f.accounts.signInWithCode({"alix"}, code, "short"))) == ProblemType::invalid_params);
    CHECK(failure(f.run(f.accounts.signInWithCode({"alix"}, "2222-2222", "another password"))) ==
          ProblemType::unauthenticated);
    const auto session = f.run(f.accounts.signInWithCode({"alix"}, code, "another password")).value();
    CHECK(f.run(f.accounts.byCookie(session.cookie)));
    CHECK(failure(f.run(f.accounts.signInWithCode({"alix"}, code, "a third password"))) ==
          ProblemType::unauthenticated);

    CHECK(f.log() == std::vector<std::string>{"account alix", "account alix"});
    CHECK(failure(f.run(f.accounts.signIn({"alix"}, password))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.signIn({"alix"}, "another password")));
}

TEST_CASE("of two who use a code at once, one succeeds") {
    Fixture f;
    f.person("alix", password);
    const auto code = f.run(f.accounts.resetPassword({}, "alix")).value().code.value();
    std::vector<Awaitable<Result<NewSession>>> both;
    both.push_back(f.accounts.signInWithCode({"alix"}, code, "password of one"));
    both.push_back(f.accounts.signInWithCode({"alix"}, code, "password of two"));
    const auto answers = f.run(std::move(both));
    CHECK(answers[0].has_value() != answers[1].has_value());
}

TEST_CASE("a code expires") {
    Fixture f;
    f.person("alix", password);
    const auto code = f.run(f.accounts.resetPassword({}, "alix")).value().code.value();
    f.redis({"HSET", "{placette}:account:alix", "codeExpiresAt", "1"});
    CHECK(failure(f.run(f.accounts.signInWithCode({"alix"}, code, "another password"))) ==
          ProblemType::unauthenticated);
}

TEST_CASE("a disabled account is out, by every way; enabled again it signs in anew") {
    Fixture f;
    f.person("alix", password);
    const auto session = f.run(f.accounts.signIn({"alix"}, password)).value();
    const auto token = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    AccountChange disable;
    disable.disabled = true;
    REQUIRE(f.run(f.accounts.update({}, "alix", disable)));
    CHECK(f.log() == std::vector<std::string>{"account alix"});

    CHECK(failure(f.run(f.accounts.signIn({"alix"}, password))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byCookie(session.cookie))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.refresh("alix", token.id)).value() == nullptr);
    const auto code = f.run(f.accounts.resetPassword({}, "alix")).value().code.value();
    CHECK(failure(f.run(f.accounts.signInWithCode({"alix"}, code, "another password"))) ==
          ProblemType::unauthenticated);

    AccountChange enable;
    enable.disabled = false;
    REQUIRE(f.run(f.accounts.update({}, "alix", enable)));
    CHECK(failure(f.run(f.accounts.byCookie(session.cookie))) == ProblemType::unauthenticated);
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
}

TEST_CASE("without Redis nobody is turned away for good") {
    Fixture f;
    f.client.stop();
    CHECK(failure(f.run(f.accounts.byToken("plt_x"))) == ProblemType::store_unavailable);
    CHECK(failure(f.run(f.accounts.refresh("alix", "x"))) == ProblemType::store_unavailable);
}

TEST_CASE("the demo accounts are made once, and left as they are") {
    Fixture f;
    Territory territory;
    territory.id = "200000925";
    territory.facilities.add({.id = "one"});
    territory.facilities.add({.id = "micro", .kind = FacilityKind::micro_creche});
    territory.facilities.add({.id = "two"});
    REQUIRE(f.run(ensureDemoAccounts(f.accounts, territory)));

    const auto manager = f.run(f.accounts.signIn({"manager@demo"}, "demo")).value();
    CHECK(manager.signedIn.account->facilities == std::vector<std::string>{"one", "two"});
    CHECK(
        f.run(f.accounts.signIn({"worker@demo"}, "demo")).value().signedIn.account->worksFor("esco-genlis"));
    CHECK(f.run(f.accounts.signIn({"admin@demo"}, "demo")).value().signedIn.account->has(Role::admin));
    CHECK(f.run(f.accounts.signIn({"coordinator@demo"}, "demo")));

    const auto stored = f.dump();
    REQUIRE(f.run(ensureDemoAccounts(f.accounts, territory)));
    CHECK(f.dump() == stored);
}
