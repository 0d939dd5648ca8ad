#include <catch2/catch.hpp>

#include "redis/client.hpp"

namespace placette::redis {

TEST_CASE("Addresses of Redis", "[endpoint]") {
    const auto socket = parseEndpoint("unix:///run/my redis.sock");
    REQUIRE(socket);
    CHECK(socket->socket == "/run/my redis.sock");

    const auto plain = parseEndpoint("redis://example.org");
    REQUIRE(plain);
    CHECK(plain->socket.empty());
    CHECK(plain->host == "example.org");
    CHECK(plain->port == 6379);
    CHECK(plain->database == 0);

    const auto full = parseEndpoint("redis://:p%40ss:w/rd@10.0.0.1:7000/2");
    REQUIRE(full);
    CHECK(full->password == "p@ss:w/rd");
    CHECK(full->host == "10.0.0.1");
    CHECK(full->port == 7000);
    CHECK(full->database == 2);

    const auto v6 = parseEndpoint("redis://[::1]:7000/");
    REQUIRE(v6);
    CHECK(v6->host == "::1");
    CHECK(v6->port == 7000);

    for (const char* wrong : {"", "localhost", "http://localhost", "unix://relative", "redis://",
                              "redis://a:", "redis://a:0", "redis://a:70000", "redis://a:6x", "redis://a/x",
                              "redis://a/-1", "redis://user:pw@a", "redis://[::1"}) {
        CAPTURE(wrong);
        CHECK_FALSE(parseEndpoint(wrong));
    }
}

}  // namespace placette::redis
