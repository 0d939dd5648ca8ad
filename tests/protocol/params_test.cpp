#include "protocol/params.hpp"

#include <catch2/catch.hpp>

#include "placette/domain/booking.hpp"
#include "support/json.hpp"

using namespace placette;
using nlohmann::json;

namespace {

// The path at which reading finds something wrong; "-" where it does not.
template <class Read>
std::string wrongAt(const json& value, Read read) {
    const auto given = test::read(value);
    Params p(given);
    read(p);
    const auto problem = p.problem();
    if (!problem) return "-";
    CHECK(problem->type == ProblemType::invalid_params);
    CHECK_FALSE(problem->detail.empty());
    return problem->field;
}

}  // namespace

TEST_CASE("parameters are read by type") {
    const auto given =
        Json::parse(R"({"facility": "genlis-lucioles", "key": "k-1", "days": 14, "date": "2026-11-24",
        "arrive": "08:15", "at": "2026-11-24T16:02:11Z", "care": "vip", "force": true, "birth": "2025-03",
        "version": 9007199254740992, "latitude": 47.5, "commune": "2A004", "account": "manager@demo"})");
    Params p(given);
    CHECK(p.id("facility") == "genlis-lucioles");
    CHECK(p.key() == "k-1");
    CHECK(p.integer("days", 1, 31) == 14);
    CHECK(p.date("date") == dateFrom("2026-11-24"));
    CHECK(p.timeOfDay("arrive") == std::chrono::minutes{8 * 60 + 15});
    CHECK(p.instant("at") == instantFrom("2026-11-24T16:02:11Z"));
    CHECK(p.oneOf("care", careFrom) == Care::vip);
    CHECK(p.flag("force"));
    CHECK(p.month("birth") == "2025-03");
    CHECK(p.large("version") == std::int64_t{1} << 53);
    CHECK(p.number("latitude", -90, 90) == 47.5);
    CHECK(p.insee("commune") == "2A004");
    CHECK(p.account("account") == "manager@demo");
    CHECK_FALSE(p.problem());
}

TEST_CASE("what is missing, of another type or out of bounds is named") {
    const auto id = [](Params& p) { p.id("a"); };
    CHECK(wrongAt(json::object(), id) == "a");
    CHECK(wrongAt({{"a", 1}}, id) == "a");
    CHECK(wrongAt({{"a", nullptr}}, id) == "a");
    CHECK(wrongAt({{"a", "Upper"}}, id) == "a");
    CHECK(wrongAt({{"a", ""}}, id) == "a");
    CHECK(wrongAt({{"a", std::string(65, 'x')}}, id) == "a");

    const auto integer = [](Params& p) { p.integer("a", 1, 31); };
    const auto threePointNought = Json::parse(R"({"a": 3.0})");
    CHECK(Params(threePointNought).integer("a", 1, 31) == 3);
    for (const auto& bad :
         {json(0), json(32), json(1.5), json("1"), json(true), json(18446744073709551615ULL)})
        CHECK(wrongAt({{"a", bad}}, integer) == "a");

    const auto date = [](Params& p) { p.date("a"); };
    for (const auto* bad : {"2026-02-29", "2026-1-1", "24/11/2026", "2026-11-24T00:00:00Z"})
        CHECK(wrongAt({{"a", bad}}, date) == "a");

    const auto month = [](Params& p) { p.month("a"); };
    for (const auto* bad : {"2026-13", "2026-00", "2026", "2026-1-", "x026-01"})
        CHECK(wrongAt({{"a", bad}}, month) == "a");

    const auto care = [](Params& p) { p.oneOf("a", careFrom); };
    CHECK(wrongAt({{"a", "both"}}, care) == "a");
}

TEST_CASE("texts are counted in characters, and hold no control characters") {
    const auto text = [](Params& p) { p.text("a", 1, 5); };
    CHECK(wrongAt({{"a", "éèàùç"}}, text) == "-");
    CHECK(wrongAt({{"a", "éèàùçê"}}, text) == "a");
    CHECK(wrongAt({{"a", ""}}, text) == "a");
    CHECK(wrongAt({{"a", "a\nb"}}, text) == "a");
    CHECK(wrongAt({{"a", std::string("a\0b", 3)}}, text) == "a");
}

TEST_CASE("unknown members are refused, at every depth") {
    CHECK(wrongAt({{"a", "x"}, {"b", 1}}, [](Params& p) { p.id("a"); }) == "b");
    const auto nested = [](Params& p) {
        p.objects("places", 1, 2, [](Params& place) { place.id("section"); });
    };
    CHECK(wrongAt(json::parse(R"({"places": [{"section": "a"}, {"section": "b", "x": 1}]})"), nested) ==
          "places[1].x");
}

TEST_CASE("to ask twice for a member makes up for no unknown one") {
    const auto twice = [](Params& p) {
        p.integer("a", 0, 9);
        p.optional(&Params::integer, "a", 0, 9);
        p.optional(&Params::integer, "absent", 0, 9);
    };
    CHECK(wrongAt({{"a", 1}}, twice) == "-");
    CHECK(wrongAt({{"a", 1}, {"b", 1}}, twice) == "b");
}

TEST_CASE("members that are there twice are refused") {
    const auto wrong = [](const char* text) {
        const auto given = Json::parse(text);
        Params p(given);
        p.integer("a", 0, 9);
        p.objects("b", 0, 2, [](Params& each) { each.optional(&Params::integer, "c", 0, 9); });
        return p.problem().value_or(Problem{}).field;
    };
    CHECK(wrong(R"({"a":1})") == "");
    CHECK(wrong(R"({"a":1,"a":1})") == "a");
    CHECK(wrong(R"({"a":1,"b":[{"c":1},{"c":2,"c":2}]})") == "b[1].c");
}

TEST_CASE("optional members may be absent, not null") {
    const auto optional = [](Params& p) { CHECK_FALSE(p.optional(&Params::integer, "a", 0, 9)); };
    CHECK(wrongAt(json::object(), optional) == "-");
    CHECK(wrongAt({{"a", nullptr}}, [](Params& p) { p.optional(&Params::integer, "a", 0, 9); }) == "a");
    CHECK(wrongAt({{"a", nullptr}},
                  [](Params& p) { CHECK_FALSE(p.nullable(&Params::integer, "a", 0, 9)); }) == "-");
}

TEST_CASE("lists have bounds, and paths to their elements") {
    const auto list = [](Params& p) { p.distinct(&Params::id, "ids", 1, 3); };
    CHECK(wrongAt({{"ids", {"a", "b"}}}, list) == "-");
    CHECK(wrongAt(json::object(), list) == "ids");
    CHECK(wrongAt({{"ids", json::array()}}, list) == "ids");
    CHECK(wrongAt({{"ids", {"a", "b", "c", "d"}}}, list) == "ids");
    CHECK(wrongAt({{"ids", {"a", "B"}}}, list) == "ids[1]");
    CHECK(wrongAt({{"ids", {"a", "a"}}}, list) == "ids");
    CHECK(wrongAt({{"ids", "a"}}, list) == "ids");
}

TEST_CASE("the first problem is the one that is told") {
    const auto both = [](Params& p) {
        p.id("a");
        p.id("b");
        p.refuse("c", "of the caller");
    };
    CHECK(wrongAt({{"a", "x"}, {"b", 2}, {"z", 3}}, both) == "b");
    CHECK(wrongAt({{"a", "x"}, {"b", "y"}}, both) == "c");
}

TEST_CASE("parameters that are no object are a problem, not an exception") {
    const auto all = [](Params& p) {
        p.id("a");
        p.optional(&Params::flag, "b");
        p.objects("c", 0, 1, [](Params&) {});
    };
    for (const auto& bad : {json::array({1}), json(1), json("x"), json()}) CHECK(wrongAt(bad, all) == "");
    CHECK(wrongAt({{"a", "x"}, {"c", {1}}}, all) == "c");
}
