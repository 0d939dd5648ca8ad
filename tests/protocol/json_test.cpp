#include "protocol/json.hpp"

#include <catch2/catch.hpp>
#include <string>
#include <utility>

using placette::Json;

TEST_CASE("what is JSON is read") {
    for (const char* text : {"null", "true", "-1", "18446744073709551615", "1.5", "1e3", "[]", "{}",
                             R"(["a",[1,-2,3.25],{"b":{"c":null}}])", R"("\u00e9\ud83d\ude00\n\"")",
                             " [ 1 , 2 ] ", "\xef\xbb\xbf{}"}) {
        INFO(text);
        CHECK(Json::parse(text).valid());
    }
    CHECK(Json().value().is_null());
    CHECK(Json::emptyObject().value().is_object());
}

TEST_CASE("what is not JSON, or not UTF-8, or beyond 64 bits is null, and said to be invalid") {
    for (const char* text : {"", " ", "{", "[1,]", "01", "nul", "1 2", R"("\udc00")", R"("\ud800\u0041")",
                             "\"\xc3\"", "\"\x01\"", "1e400", "18446744073709551616"}) {
        INFO(text);
        CHECK_FALSE(Json::parse(text).valid());
        CHECK(Json::parse(text).value().is_null());
    }
}

TEST_CASE("nesting has an end, also in a text larger than those before") {
    const auto nested = [](std::size_t depth, std::size_t blanks) {
        return std::string(depth, '[') + std::string(blanks, ' ') + '1' + std::string(depth, ']');
    };
    for (const std::size_t blanks : {0, 1'000, 1'000'000}) {
        CHECK(Json::parse(nested(Json::maxDepth, blanks)).valid());
        const auto deeper = Json::parse(nested(Json::maxDepth + 1, blanks));
        CHECK_FALSE(deeper.valid());
        CHECK(deeper.isTooDeep());
    }
    CHECK_FALSE(Json::parse("[").isTooDeep());
}

TEST_CASE("a value outlives what is read after it, and the Json that it came from") {
    const auto textOf = [](const Json& json) { return std::string(json.value().get_string().value()); };
    auto outer = Json::parse(R"({"a":"first"})");
    const auto inner = outer.within(outer.value().at_key("a").value());
    outer = Json::parse(R"({"a":"second, and longer than the first"})");
    const auto large = Json::parse('"' + std::string(100'000, 'x') + '"');
    for (int n = 0; n < 40; ++n) Json::parse(R"(["third"])");
    CHECK(textOf(inner) == "first");
    CHECK(textOf(large) == std::string(100'000, 'x'));
}
