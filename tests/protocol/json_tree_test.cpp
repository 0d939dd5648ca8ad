#include "protocol/json_tree.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <string>

using nlohmann::json;

TEST_CASE("a tree is the one that nlohmann's own parser makes") {
    for (const char* text :
         {"null", "true", "-1", "0", "18446744073709551615", "18446744073709551616", "1.5", "1e3", "[]", "{}",
          R"(["a",[1,-2,3.25],{"b":{"c":null}}])", R"({"twice":1,"twice":2})", R"("\u00e9\ud83d\ude00\n\"")",
          " [ 1 , 2 ] ", "\xef\xbb\xbf{}"}) {
        INFO(text);
        const auto expected = json::parse(text);
        const auto made = placette::jsonTree(text);
        CHECK(made == expected);
        CHECK(made.type() == expected.type());
    }
    CHECK(placette::jsonTree("7").is_number_unsigned());
}

TEST_CASE("a long text is read like a short one, and the next short one after it") {
    const auto longText = "[\"" + std::string(100'000, 'a') + "\"]";
    CHECK(placette::jsonTree(longText) == json::parse(longText));
    CHECK(placette::jsonTree(longText + "]").is_discarded());
    CHECK(placette::jsonTree("[7]") == json::parse("[7]"));
}

TEST_CASE("what is not JSON, or not UTF-8, is discarded") {
    for (const char* text : {"", " ", "{", "[1,]", "01", "nul", "1 2", R"("\udc00")", R"("\ud800\u0041")",
                             "\"\xc3\"", "\"\x01\"", "1e400"}) {
        INFO(text);
        CHECK(placette::jsonTree(text).is_discarded());
        CHECK(json::parse(text, nullptr, false).is_discarded());
    }
}
