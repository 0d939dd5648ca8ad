#include "service/fingerprint.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>

using nlohmann::json;
using placette::service::fingerprint;

TEST_CASE("the same parameters have the same fingerprint, in whatever order they come") {
    CHECK(fingerprint("m", json::parse(R"({"a": 1, "b": ["x", true]})")) ==
          fingerprint("m", json::parse(R"({"b":["\u0078",true],"a":1})")));
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
        CHECK(seen.insert(fingerprint("m", json::parse(text))).second);
        CHECK(seen.insert(fingerprint("n", json::parse(text))).second);
    }
    CHECK(seen.begin()->size() == 32);
}
