#include <catch2/catch.hpp>

#include "fixture.hpp"

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

bool holds(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("no secret is ever stored in clear") {
    Fixture f;
    const auto invited = f.run(f.accounts.create({"admin", "k1", "p1"}, Fixture::worker("alix"))).value();
    const auto code = invited.code.value();
    auto stored = f.dump();
    CHECK_FALSE(holds(stored, code));
    CHECK_FALSE(holds(stored, code.substr(0, 4) + code.substr(5)));

    const auto session = f.run(f.accounts.signInWithCode({"alix"}, code, password)).value();
    const auto token = f.run(f.accounts.createToken({"alix", "k2", "p2"}, "alix", "tool")).value();
    const auto changed = f.run(f.accounts.changePassword({"alix", "k3", "p3"}, session.signedIn.tokenId,
                                                         password, "a new password"));
    REQUIRE(changed);
    stored = f.dump();
    CHECK(holds(stored, session.signedIn.tokenId));
    CHECK_FALSE(holds(stored, session.cookie.substr(4)));
    CHECK_FALSE(holds(stored, token.secret.value().substr(4)));
    CHECK_FALSE(holds(stored, password));
    CHECK_FALSE(holds(stored, "a new password"));
}

TEST_CASE("an account is created once, even by two at the same time") {
    Fixture f;
    std::vector<Awaitable<Result<Invited>>> both;
    both.push_back(f.accounts.create({"admin", "k1", "p"}, Fixture::worker("alix")));
    both.push_back(f.accounts.create({"other", "k1", "p"}, Fixture::worker("alix")));
    const auto answers = f.run(std::move(both));
    CHECK(answers[0].has_value() != answers[1].has_value());

    const auto again = f.run(f.accounts.create({"admin", "k2", "p"}, Fixture::worker("alix")));
    CHECK(failure(again) == ProblemType::invalid_params);
    CHECK(again.error().field == "account");
}

TEST_CASE("a repeated creation answers the account without its code") {
    Fixture f;
    const WriteHeader header{"admin", "k", "p"};
    const auto first = f.run(f.accounts.create(header, Fixture::worker("alix"))).value();
    const auto second = f.run(f.accounts.create(header, Fixture::worker("alix"))).value();
    CHECK_FALSE(first.replayed);
    CHECK(second.replayed);
    CHECK(second.account == first.account);
    CHECK_FALSE(second.code);
    CHECK(failure(f.run(f.accounts.create({"admin", "k", "q"}, Fixture::worker("alix")))) ==
          ProblemType::idempotency_mismatch);
    CHECK(f.run(f.accounts.signInWithCode({"alix"}, first.code.value(), "another password")));
}

TEST_CASE("a call repeated at the same time has one effect") {
    Fixture f;
    f.person("alix", password);
    const WriteHeader header{"alix", "k", "p"};
    std::vector<Awaitable<Result<NewToken>>> both;
    both.push_back(f.accounts.createToken(header, "alix", "tool"));
    both.push_back(f.accounts.createToken(header, "alix", "tool"));
    const auto answers = f.run(std::move(both));
    CHECK(answers[0].has_value() != answers[1].has_value());
    CHECK(f.run(f.accounts.createToken(header, "alix", "tool")).value().replayed);
    CHECK(f.run(f.accounts.tokens("alix")).value().size() == 1);
}

TEST_CASE("an update changes what it names, and tells the nodes") {
    Fixture f;
    f.person("alix", password);
    AccountChange change;
    change.name = "Alix Autre";
    change.roles = std::vector<Role>{Role::manager};
    change.facilities = std::vector<std::string>{"genlis-lucioles"};
    const WriteHeader header{"admin", "k", "p"};
    const auto updated = f.run(f.accounts.update(header, "alix", change)).value();
    CHECK(updated.account.name == "Alix Autre");
    CHECK(updated.account.phone == Fixture::worker("").phone);
    CHECK(updated.account.runs("genlis-lucioles"));
    CHECK(f.log() == std::vector<std::string>{"account alix"});
    CHECK(f.run(f.accounts.update(header, "alix", change)).value().replayed);
    CHECK(f.log().size() == 1);

    const auto listed = f.run(f.accounts.list()).value();
    CHECK(listed == std::vector<Account>{updated.account});
    CHECK(failure(f.run(f.accounts.update({}, "nobody", change))) == ProblemType::not_found);
    CHECK(failure(f.run(f.accounts.resetPassword({}, "nobody"))) == ProblemType::not_found);
}

TEST_CASE("a new password needs the present one, and ends all sessions but one's own") {
    Fixture f;
    f.person("alix", password);
    const auto mine = f.run(f.accounts.signIn({"alix"}, password)).value();
    const auto other = f.run(f.accounts.signIn({"alix"}, password)).value();
    const auto change = [&](WriteHeader header, const char* current, const char* wanted) {
        return f.run(f.accounts.changePassword(std::move(header), mine.signedIn.tokenId, current, wanted));
    };
    const auto refused = change({"alix", "k", "p"}, "wrong", "another password");
    CHECK(failure(refused) == ProblemType::invalid_params);
    CHECK(refused.error().field == "current");
    CHECK(change({"alix", "k", "p"}, password, "short").error().field == "password");

    const auto token = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    REQUIRE(change({"alix", "k", "p"}, password, "another password"));
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.tokens("alix")).value().empty());
    CHECK(f.run(f.accounts.byCookie(mine.cookie)));
    CHECK(failure(f.run(f.accounts.byCookie(other.cookie))) == ProblemType::unauthenticated);
    CHECK(f.log() == std::vector<std::string>{"account alix"});

    CHECK(change({"alix", "k", "p"}, password, "another password").value().replayed);
    CHECK(failure(change({"alix", "k", "p"}, password, "a third password")) ==
          ProblemType::idempotency_mismatch);
    CHECK(f.run(f.accounts.signIn({"alix"}, "another password")));
}

TEST_CASE("a token signs in until it is revoked, by its owner or an administrator") {
    Fixture f;
    f.person("alix", password);
    const auto token = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    auto listed = f.run(f.accounts.tokens("alix")).value();
    REQUIRE(listed.size() == 1);
    CHECK(listed[0].id == token.id);
    CHECK(listed[0].name == "tool");
    CHECK_FALSE(listed[0].lastUsedAt);

    const auto signedIn = f.run(f.accounts.byToken(token.secret.value())).value();
    CHECK(signedIn.account->id == "alix");
    CHECK(signedIn.tokenId == token.id);
    CHECK(f.run(f.accounts.tokens("alix")).value()[0].lastUsedAt);

    CHECK(failure(f.run(f.accounts.revokeToken({}, token.id, "another"))) == ProblemType::not_found);
    const WriteHeader header{"alix", "k", "p"};
    REQUIRE(f.run(f.accounts.revokeToken(header, token.id, "alix")));
    CHECK(f.log() == std::vector<std::string>{"token " + token.id});
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.refresh("alix", token.id)).value() == nullptr);
    CHECK(f.run(f.accounts.tokens("alix")).value().empty());
    CHECK(f.run(f.accounts.revokeToken(header, token.id, "alix")).value().replayed);

    const auto second = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    CHECK(f.run(f.accounts.revokeToken({}, second.id, std::nullopt)));
    CHECK(failure(f.run(f.accounts.createToken({}, "nobody", "tool"))) == ProblemType::not_found);
}

TEST_CASE("a token ends after a year, or when it was told to") {
    Fixture f;
    f.person("alix", password);
    const auto token = f.run(f.accounts.createToken({}, "alix", "tool")).value();
    const auto key = "{placette}:token:" + token.id;
    constexpr std::int64_t year = 365LL * 24 * 3600;
    CHECK(std::abs(f.redis({"TTL", key}).integer - year) < 60);
    CHECK(f.run(f.accounts.byToken(token.secret.value())).value().endsAt == token.expiresAt);
    CHECK(f.run(f.accounts.tokens("alix")).value()[0].expiresAt == token.expiresAt);

    f.redis({"HSET", key, "expiresAt", "1"});
    CHECK(failure(f.run(f.accounts.byToken(token.secret.value()))) == ProblemType::unauthenticated);
    CHECK(f.run(f.accounts.refresh("alix", token.id)).value() == nullptr);
    f.redis({"HDEL", key, "expiresAt"});  // of a store from before
    CHECK_FALSE(f.run(f.accounts.byToken(token.secret.value())).value().endsAt);

    const auto brief = f.run(f.accounts.createToken({}, "alix", "tool", std::chrono::days{1})).value();
    CHECK(f.redis({"TTL", "{placette}:token:" + brief.id}).integer <= 24 * 3600);
}

TEST_CASE("the password is asked for, and guessing it locks nobody but this session") {
    Fixture f(2);
    f.person("alix", password);
    const auto confirmed = [&](const char* session, const char* typed) {
        return f.run(f.accounts.confirmPassword("alix", session, typed, "password"));
    };
    CHECK(confirmed("s", password));
    for (int i = 0; i < 2; ++i) {
        const auto refused = confirmed("s", "wrong");
        CHECK(failure(refused) == ProblemType::invalid_params);
        CHECK(refused.error().field == "password");
    }
    CHECK(failure(confirmed("s", password)) == ProblemType::rate_limited);
    CHECK(confirmed("another", password));
    CHECK(f.run(f.accounts.signIn({"alix"}, password)));
}

TEST_CASE("with little disk left nothing is written, and who is signed in stays so") {
    bool room = true;
    Fixture f({}, [&room] { return room; });
    f.person("alix", password);
    const auto session = f.run(f.accounts.signIn({"alix"}, password)).value();
    room = false;
    CHECK(f.run(f.accounts.byCookie(session.cookie)));
    CHECK(failure(f.run(f.accounts.signIn({"alix"}, password))) == ProblemType::store_unavailable);
    CHECK(failure(f.run(f.accounts.createToken({}, "alix", "tool"))) == ProblemType::store_unavailable);
    CHECK(failure(f.run(f.accounts.resetPassword({}, "alix"))) == ProblemType::store_unavailable);
}

TEST_CASE("an account has at most fifty tokens") {
    Fixture f;
    f.person("alix", password);
    for (std::size_t i = 0; i < mostTokens; ++i) REQUIRE(f.run(f.accounts.createToken({}, "alix", "tool")));
    CHECK(failure(f.run(f.accounts.createToken({}, "alix", "tool"))) == ProblemType::too_many);
}

TEST_CASE("hashing a password does not hold up the thread that waits for it") {
    Fixture f;
    f.person("alix", password);
    int ticks = 0;
    redis::net::steady_timer timer(f.context);
    std::function<void(boost::system::error_code)> tick = [&](boost::system::error_code error) {
        if (error) return;
        ++ticks;
        timer.expires_after(std::chrono::milliseconds{1});
        timer.async_wait(tick);
    };
    tick({});
    REQUIRE(f.run(f.accounts.signIn({"alix"}, password)));
    timer.cancel();
    CHECK(ticks > 5);
}
