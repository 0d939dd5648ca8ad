#include "service/fingerprint.hpp"

#include <catch2/catch.hpp>
#include <set>

using placette::Json;
using placette::service::fingerprint;

namespace {

std::string fingerprintOf(std::string_view method, std::string_view params) {
    const auto json = Json::parse(params);
    REQUIRE(json.valid());
    return fingerprint(method, json.value(), {});
}

}  // namespace

TEST_CASE("the same parameters have the same fingerprint, in whatever order they come") {
    CHECK(fingerprintOf("m", R"({"a": 1, "b": ["x", true]})") ==
          fingerprintOf("m", R"({"b":["\u0078",true],"a":1})"));
}

TEST_CASE("an integer is one however it is written") {
    CHECK(fingerprintOf("m", R"({"a":3.0})") == fingerprintOf("m", R"({"a":3})"));
    CHECK(fingerprintOf("m", R"({"a":-3e0})") == fingerprintOf("m", R"({"a":-3})"));
    CHECK(fingerprintOf("m", R"({"a":3.5})") != fingerprintOf("m", R"({"a":3})"));
}

TEST_CASE("other parameters, and other methods, have another fingerprint") {
    const std::vector<const char*> all{R"({})",
                                       R"([])",
                                       R"({"a":1})",
                                       R"({"a":-1})",
                                       R"({"a":1.5})",
                                       R"({"a":"1"})",
                                       R"({"a":12})",
                                       R"({"a":[1,2]})",
                                       R"({"a":[12]})",
                                       R"({"a":["1","2"]})",
                                       R"({"a":["12"]})",
                                       R"({"a":["1:2"]})",
                                       R"({"a":true})",
                                       R"({"a":null})",
                                       R"({"a":[]})",
                                       R"({"a":{}})",
                                       R"({"a":{"b":1}})",
                                       R"({"a":"","b":1})",
                                       R"({"a":"b","1":1})",
                                       R"({"ab":1})",
                                       R"({"a":["}"]})",
                                       R"({"a":{"}":[]}})"};
    std::set<std::string> seen;
    for (const auto* text : all) {
        CHECK(seen.insert(fingerprintOf("m", text)).second);
        CHECK(seen.insert(fingerprintOf("n", text)).second);
    }
    CHECK(seen.begin()->size() == 33);
    const auto json = Json::parse(R"({})");
    CHECK(seen.insert(fingerprint("m", json.value(), {1})).second);  // another key
}

TEST_CASE("members that do not count are left out, at the top alone") {
    const std::vector<std::string_view> without{"key"};
    const auto of = [&](std::string_view text) {
        const auto json = Json::parse(text);
        return fingerprint("m", json.value(), {}, without);
    };
    CHECK(of(R"({"a":1,"key":"x"})") == of(R"({"a":1})"));
    CHECK(of(R"({"a":{"key":"x"}})") != of(R"({"a":{}})"));
}
