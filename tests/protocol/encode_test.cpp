#include "protocol/encode.hpp"

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

using namespace placette;
using nlohmann::json;

namespace {

template <class... A>
json encoded(void (*append)(std::string&, A...), std::type_identity_t<A>... values) {
    std::string out;
    append(out, values...);
    return json::parse(out);
}

const Instant noon = *instantFrom("2026-11-24T12:00:00Z");

CellState someCell() {
    CellState state{{"genlis-lucioles", *dateFrom("2026-11-25"), "matin", "moyens"}, {}};
    state.cell.open = 4;
    state.cell.reserved = 1;
    state.cell.commit(Care::vip, 1, true);
    state.cell.version = 17;
    state.cell.confirmedAt = noon;
    return state;
}

Booking someBooking() {
    Booking booking;
    booking.id = "200000925.01KAW5M8V6T3Q0Z9YB4N7C2DXE";
    booking.facility = "genlis-lucioles";
    booking.office = "esco-genlis";
    booking.places.push_back({0, *dateFrom("2026-11-25"), "matin", "moyens", 0});
    booking.places[0].arrive = *timeOfDayFrom("08:15");
    booking.children.push_back({"2025-03", true});
    booking.bookedBy = {"worker@demo", "Sacha \"Ex\"", "03 53 01 01 10"};
    booking.purpose = Purpose::job_interview;
    booking.caseRef = "G-2041";
    booking.createdAt = noon;
    booking.expiresAt = noon + std::chrono::minutes{5};
    booking.version = 1;
    return booking;
}

json bookingFor(encode::Audience audience, const std::optional<encode::Contact>& contact = {},
                std::optional<Instant> now = {}) {
    std::string out;
    encode::booking(out, someBooking(), audience, contact, now);
    return json::parse(out);
}

}  // namespace

TEST_CASE("every text survives") {
    std::string all;
    for (char c = 0x00; c < 0x7F; ++c) all += c;
    for (const std::string& text :
         {std::string(), all, std::string("é \u2028 🙂 \x7F"), std::string("\\\"/\b\f\n\r\t")})
        CHECK(encoded(encode::text, text) == text);
}

TEST_CASE("a cell on the wire") {
    CHECK(encoded(encode::cell, someCell()) == json::parse(R"({
        "facility": "genlis-lucioles", "date": "2026-11-25", "period": "matin", "section": "moyens",
        "open": 4, "reserved": 1, "vip": 1, "other": 0, "held": 1, "free": {"vip": 3, "other": 3},
        "overcommitted": false, "closed": false, "confirmedAt": "2026-11-24T12:00:00Z", "staleAt": null,
        "version": 17})"));
    CHECK(encoded(encode::cells, std::vector<CellState>{}) == json::array());
    CHECK(encoded(encode::cells, std::vector{someCell(), someCell()}).size() == 2);
}

TEST_CASE("the office sees why the child comes") {
    const auto booking = bookingFor(encode::Audience::office, encode::Contact{"Lina", std::nullopt}, noon);
    CHECK(booking == json::parse(R"({
        "id": "200000925.01KAW5M8V6T3Q0Z9YB4N7C2DXE", "facility": "genlis-lucioles", "office": "esco-genlis",
        "state": "held", "approval": "none",
        "places": [{"id": 0, "date": "2026-11-25", "period": "matin", "section": "moyens", "child": 0,
                    "arrive": "08:15", "leave": null, "meal": null, "outcome": null}],
        "children": [{"birthMonth": "2025-03", "walker": true}], "known": false,
        "bookedBy": {"name": "Sacha \"Ex\"", "phone": "03 53 01 01 10"}, "seenAt": null,
        "contact": {"informed": true, "firstNames": "Lina"},
        "care": "vip", "purpose": "job_interview", "caseRef": "G-2041", "commune": null,
        "expiresAt": "2026-11-24T12:05:00Z", "expiresInMs": 300000,
        "createdAt": "2026-11-24T12:00:00Z", "version": 1})"));
}

TEST_CASE("the facility never does") {
    const auto booking = bookingFor(encode::Audience::facility);
    for (const auto* hidden : {"care", "purpose", "caseRef", "commune", "contact", "expiresInMs"})
        CHECK_FALSE(booking.contains(hidden));
    CHECK_FALSE(booking["bookedBy"].contains("account"));
}

TEST_CASE("a hold that has run out has no time left, not less") {
    CHECK(bookingFor(encode::Audience::office, {}, noon + std::chrono::hours{1})["expiresInMs"] == 0);
}

TEST_CASE("a problem says what helps") {
    Problem problem{ProblemType::no_place, "a \"cell\" is full", "places[0]", {someCell().key}};
    problem.retryAfter = std::chrono::milliseconds{1500};
    const auto error = encoded(encode::error, problem);
    CHECK(error["code"] == -32000);
    CHECK(error["message"] == "no_place");
    const auto& data = error["data"];
    CHECK(data["type"] == "urn:placette:problem:no_place");
    CHECK_FALSE(data["title"].get<std::string>().empty());
    CHECK(data["status"].is_number_integer());
    CHECK(data["detail"] == "a \"cell\" is full");
    CHECK(data["temporary"] == false);
    CHECK(data["field"] == "places[0]");
    CHECK(data["retryAfterMs"] == 1500);
    CHECK(data["cells"] ==
          json::parse(R"([{"facility": "genlis-lucioles", "date": "2026-11-25", "period": "matin",
                                            "section": "moyens"}])"));
}

TEST_CASE("only JSON-RPC's own problems have codes of their own") {
    const auto code = [](ProblemType type) {
        return encoded(encode::error, Problem{type})["code"].get<int>();
    };
    CHECK(code(ProblemType::parse_error) == -32700);
    CHECK(code(ProblemType::invalid_request) == -32600);
    CHECK(code(ProblemType::unknown_method) == -32601);
    CHECK(code(ProblemType::invalid_params) == -32602);
    CHECK(code(ProblemType::internal) == -32603);
    CHECK(code(ProblemType::unauthenticated) == -32000);
    CHECK_FALSE(encoded(encode::problem, Problem{ProblemType::internal}).contains("field"));
}
