#include "net/negotiation.hpp"

#include <catch2/catch.hpp>

using namespace placette;

namespace {

net::Request with(net::http::field name, const char* value) {
    net::Request request;
    request.set(name, value);
    return request;
}

}  // namespace

TEST_CASE("which compression is taken") {
    const auto takesGzip = [](const char* value) {
        return net::accepts(with(net::http::field::accept_encoding, value), "gzip");
    };
    for (const auto* value : {"gzip", "GZIP", "gzip, deflate, br, zstd", "br;q=1.0, gzip;q=0.8, *;q=0.1"}) {
        CAPTURE(value);
        CHECK(takesGzip(value));
    }
    for (const auto* value : {"", "identity", "gzip;q=0", "gzip;q=0.000, br", "xgzip", "br"}) {
        CAPTURE(value);
        CHECK_FALSE(takesGzip(value));
    }
}

TEST_CASE("what the asker has already") {
    const auto known = [](const char* value) {
        return net::knows(with(net::http::field::if_none_match, value), R"(W/"a.10")");
    };
    for (const auto* value : {R"(W/"a.10")", R"("a.10")", R"("b.1", W/"a.10")", R"("a.10" ,"b.1")", "*"}) {
        CAPTURE(value);
        CHECK(known(value));
    }
    for (const auto* value : {"", R"(W/"a.1")", R"("a.100")", "a.10", ",,"}) {
        CAPTURE(value);
        CHECK_FALSE(known(value));
    }
}
