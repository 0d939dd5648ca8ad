#include "service/ulid.hpp"

#include <catch2/catch.hpp>

using namespace placette;
using namespace placette::service;

TEST_CASE("a ULID is its time and its random bits in Crockford's alphabet") {
    const Instant at{std::chrono::milliseconds{1469918176385}};  // the example of the specification
    CHECK(ulidFrom(at, {}) == "01ARYZ6S410000000000000000");
    std::array<std::uint8_t, 10> ones{};
    ones.fill(0xFF);
    CHECK(ulidFrom(at, ones) == "01ARYZ6S41ZZZZZZZZZZZZZZZZ");
    CHECK(newUlid(at) != newUlid(at));
    CHECK(newUlid(at) < newUlid(at + std::chrono::milliseconds{1}));
}
