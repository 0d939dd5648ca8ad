#include "protocol/json_rpc.hpp"

#include <algorithm>
#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace placette;
using nlohmann::json;

namespace {

std::string joined(const Parts& parts) {
    std::string text;
    for (const auto& part : parts) text += *part;
    return text;
}

ProblemType problemOf(std::string_view text) {
    const auto request = rpc::parse(text, 50);
    if (!request) return request.error().type;
    REQUIRE(request->calls.size() == 1);
    REQUIRE_FALSE(request->calls[0]);
    return request->calls[0].error().problem.type;
}

}  // namespace

TEST_CASE("a call is read") {
    const auto request =
        rpc::parse(R"({"jsonrpc":"2.0","id":"a\"b","method":"board.get","params":{"days":1}})", 50);
    REQUIRE(request);
    CHECK_FALSE(request->batch);
    REQUIRE(request->calls.size() == 1);
    REQUIRE(request->calls[0]);
    CHECK(request->calls[0]->id == R"("a\"b")");
    CHECK(request->calls[0]->method == "board.get");
    CHECK(request->calls[0]->params.value().at_key("days").get_int64().value() == 1);
}

TEST_CASE("a call without id or params is a notification with none") {
    const auto request = rpc::parse(R"({"jsonrpc":"2.0","method":"m"})", 50);
    REQUIRE(request);
    REQUIRE(request->calls[0]);
    CHECK(request->calls[0]->id.empty());
    CHECK(request->calls[0]->params.value().is_object());
}

TEST_CASE("what is not JSON is a parse error") {
    CHECK(problemOf("") == ProblemType::parse_error);
    CHECK(problemOf("{") == ProblemType::parse_error);
    CHECK(problemOf("{} {}") == ProblemType::parse_error);
    CHECK(problemOf("{\"jsonrpc\":\"2.0\",\"method\":\"\xC3\x28\"}") == ProblemType::parse_error);
    CHECK(problemOf(R"({"jsonrpc":"2.0","method":"\ud800"})") == ProblemType::parse_error);
}

TEST_CASE("envelopes that are not quite right are refused") {
    for (const auto* bad : {"1",
                            "\"x\"",
                            "null",
                            "{}",
                            R"({"method":"m"})",
                            R"({"jsonrpc":"1.0","method":"m"})",
                            R"({"jsonrpc":2.0,"method":"m"})",
                            R"({"jsonrpc":"2.0","method":1})",
                            R"({"jsonrpc":"2.0"})",
                            R"({"jsonrpc":"2.0","method":"m","id":null})",
                            R"({"jsonrpc":"2.0","method":"m","id":1.5})",
                            R"({"jsonrpc":"2.0","method":"m","id":{}})",
                            R"({"jsonrpc":"2.0","method":"m","id":9007199254740993})",
                            R"({"jsonrpc":"2.0","method":"m","id":-9007199254740993})",
                            R"({"jsonrpc":"2.0","method":"m","id":-9223372036854775808})",
                            R"({"jsonrpc":"2.0","method":"m","id":18446744073709551615})",
                            R"({"jsonrpc":"2.0","method":"m","extra":1})",
                            R"({"jsonrpc":"2.0","method":"m","method":"m"})",
                            R"({"jsonrpc":"2.0","method":"m","params":"x"})",
                            R"({"jsonrpc":"2.0","id":1,"result":{}})",
                            "[]"}) {
        INFO(bad);
        CHECK(problemOf(bad) == ProblemType::invalid_request);
    }
    const auto longId = R"({"jsonrpc":"2.0","method":"m","id":")" + std::string(65, 'x') + "\"}";
    CHECK(problemOf(longId) == ProblemType::invalid_request);
}

TEST_CASE("a refused call keeps an id that could be read") {
    const auto request =
        rpc::parse(R"([{"jsonrpc":"2.0","id":7},{"jsonrpc":"2.0","id":[],"method":"m"}])", 50);
    REQUIRE(request);
    REQUIRE(request->calls.size() == 2);
    CHECK(request->calls[0].error().id == "7");
    CHECK(request->calls[1].error().id == "null");
}

TEST_CASE("ids reach to 2^53 and 64 bytes") {
    for (const std::string id : {"9007199254740992", "-9007199254740992", "0", "\"\""}) {
        const auto request = rpc::parse(R"({"jsonrpc":"2.0","method":"m","id":)" + id + "}", 50);
        REQUIRE(request);
        REQUIRE(request->calls[0]);
        CHECK(request->calls[0]->id == id);
    }
}

TEST_CASE("batches are bounded") {
    const auto batchOf = [](int calls) {
        auto batch = json::array();
        for (int i = 0; i < calls; ++i) batch.push_back({{"jsonrpc", "2.0"}, {"method", "m"}, {"id", i}});
        return batch.dump();
    };
    const auto whole = rpc::parse(batchOf(50), 50);
    REQUIRE(whole);
    CHECK(whole->batch);
    CHECK(whole->calls.size() == 50);
    const auto tooMany = rpc::parse(batchOf(51), 50);
    REQUIRE_FALSE(tooMany);
    CHECK(tooMany.error().type == ProblemType::too_many);
}

TEST_CASE("deep nesting is refused") {
    for (const std::size_t depth : {33, 100'000}) {
        CHECK(problemOf(std::string(depth, '[') + std::string(depth, ']')) == ProblemType::invalid_request);
        CHECK_FALSE(rpc::parse(std::string(depth, '['), 50));
    }
    const auto inText =
        R"({"jsonrpc":"2.0","method":"m","params":{"a":")" + std::string(100, '[') + R"(\"[["}})";
    const auto request = rpc::parse(inText, 50);
    REQUIRE(request);
    CHECK(request->calls[0]);
}

TEST_CASE("replies share the text of their results") {
    const auto snapshot = shared(R"({"cells":[]})");
    const auto reply = rpc::result("1", {snapshot});
    CHECK(joined(reply) == R"({"jsonrpc":"2.0","id":1,"result":{"cells":[]}})");
    CHECK(std::ranges::find(reply, snapshot) != reply.end());
}

TEST_CASE("a batch is answered as one array") {
    std::vector<Parts> replies{rpc::result("1", parts("{}")),
                               rpc::error("\"b\"", {ProblemType::not_found, "gone"})};
    const auto all = json::parse(joined(rpc::batch(std::move(replies))));
    REQUIRE(all.size() == 2);
    CHECK(all[0]["id"] == 1);
    CHECK(all[1]["id"] == "b");
    CHECK(all[1]["error"]["code"] == -32000);
    CHECK(all[1]["error"]["message"] == "not_found");
    CHECK(all[1]["error"]["data"]["type"] == "urn:placette:problem:not_found");
}

TEST_CASE("a notification has no id") {
    CHECK(json::parse(rpc::notification("store.changed", R"({"available":true})")) ==
          json{{"jsonrpc", "2.0"}, {"method", "store.changed"}, {"params", {{"available", true}}}});
}
