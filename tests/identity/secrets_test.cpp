#include "identity/secrets.hpp"

#include <catch2/catch.hpp>

#include "identity/cookie.hpp"

using namespace placette::identity;

TEST_CASE("tokens are recognisable, long and never the same") {
    const auto token = secrets::newToken();
    CHECK(token.substr(0, 4) == "plt_");
    CHECK(token.size() == 47);
    CHECK(token != secrets::newToken());
    CHECK(secrets::hash(token).size() == 64);
    CHECK(secrets::hash(token) != secrets::hash(secrets::newToken()));
}

TEST_CASE("a code is readable, and may be typed carelessly") {
    for (int i = 0; i < 200; ++i) {
        const auto code = secrets::newCode();
        CHECK(code.size() == 9);
        CHECK(code[4] == '-');
        CHECK(code.find_first_of("01ILO") == std::string::npos);
    }
    CHECK(secrets::canonicalCode(" k7qm 2xpd") == "K7QM2XPD");
    CHECK(secrets::canonicalCode("K7QM-2XPD") == "K7QM2XPD");
}

TEST_CASE("the cookie is out of reach for scripts and other sites") {
    CHECK(cookieHeader(Cookie::session, "s", false) ==
          "placette_session=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000");
    CHECK(cookieHeader(Cookie::session, "s", true) ==
          "__Host-placette_session=s; Path=/; HttpOnly; SameSite=Lax; Max-Age=2592000; Secure");
    CHECK(cookieHeader(Cookie::device, "d", true) ==
          "__Host-placette_device=d; Path=/; HttpOnly; SameSite=Lax; Max-Age=34560000; Secure");
    CHECK(expiredCookieHeader(Cookie::session, false) ==
          "placette_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0");
}

TEST_CASE("the cookie is found among others") {
    const auto found = [](std::string_view header) { return cookieFrom(header, Cookie::session, false); };
    CHECK(found("placette_session=abc") == "abc");
    CHECK(found("a=1; placette_session=abc; b=2") == "abc");
    CHECK(found("a=1;placette_session=a=b") == "a=b");
    CHECK(found("placette_device=d; placette_session=s") == "s");
    CHECK_FALSE(found("my_placette_session=abc; x"));
    CHECK_FALSE(found("__Host-placette_session=abc"));
    CHECK_FALSE(found(""));
    CHECK(cookieFrom("placette_session=a; __Host-placette_session=b", Cookie::session, true) == "b");
}
