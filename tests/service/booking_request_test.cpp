#include "service/booking_request.hpp"

#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>

#include "service/contact.hpp"
#include "support/json.hpp"

using namespace placette;
using namespace placette::service;
using nlohmann::json;

namespace {

const identity::Cipher& cipher() {
    static const auto made = [] {
        const auto folder = std::filesystem::temp_directory_path() / ("placette-" + std::to_string(getpid()));
        std::filesystem::create_directories(folder);
        const auto result = identity::Cipher::fromFile(folder / "key");
        std::filesystem::remove_all(folder);
        return result;
    }();
    return made;
}

json aHold() {
    return json::parse(R"({"facility": "genlis-lucioles", "key": "k", "care": "vip",
        "places": [{"date": "2026-11-25", "period": "matin", "arrive": "08:15", "meal": false}],
        "children": [{"ageMonths": 20, "walker": true}]})");
}

std::string wrongAt(const json& params, bool whole = false) {
    const auto request = readBookingRequest(test::read(params), whole, 60, cipher());
    if (request) return "-";
    CHECK(request.error().type == ProblemType::invalid_params);
    return request.error().field;
}

json with(const char* pointer, json value) {
    auto params = aHold();
    params[json::json_pointer(pointer)] = std::move(value);
    return params;
}

}  // namespace

TEST_CASE("a hold may leave open what a booking must tell") {
    CHECK(wrongAt(aHold()) == "-");
    CHECK(wrongAt(aHold(), true) == "purpose");
    auto whole = with("/purpose", "training");
    CHECK(wrongAt(whole, true) == "caseRef");
    whole["caseRef"] = "G-2041";
    CHECK(wrongAt(whole, true) == "-");
}

TEST_CASE("what is wrong with a hold is named") {
    CHECK(wrongAt(with("/places/0/child", 1)) == "places[0].child");
    CHECK(wrongAt(with("/places/1", aHold()["places"][0])) == "places[1]");
    CHECK(wrongAt(with("/children/1", {{"birthMonth", "2025-03"}})) == "children[1]");
    CHECK(wrongAt(with("/children/0/birthMonth", "2025-03")) == "children[0].birthMonth");
    CHECK(wrongAt(with("/places", json::array())) == "places");
    CHECK(wrongAt(with("/commune", "Genlis")) == "commune");
    CHECK(wrongAt(with("/caseRef", std::string(65, 'x'))) == "caseRef");
    CHECK(wrongAt(with("/note", "free text")) == "note");
    CHECK(wrongAt(with("/places/0/date", "2026-02-30")) == "places[0].date");
}

TEST_CASE("a contact is taken with the parent's agreement only") {
    CHECK(wrongAt(with("/contact", {{"firstNames", "Lina"}})) == "contact.informed");
    CHECK(wrongAt(with("/contact", {{"informed", false}, {"phone", "03 53 01 02 03"}})) ==
          "contact.informed");
    CHECK(wrongAt(with("/contact", {{"informed", true}, {"firstNames", std::string(101, 'x')}})) ==
          "contact.firstNames");
    CHECK(wrongAt(with("/contact", {{"informed", false}})) == "-");
}

TEST_CASE("a contact is sealed, and opened again") {
    const auto params = with("/contact", {{"informed", true}, {"firstNames", "Lina"}});
    const auto request = readBookingRequest(test::read(params), false, 60, cipher());
    REQUIRE(request);
    REQUIRE_FALSE(request->sealedContact.empty());
    CHECK(request->sealedContact.find("Lina") == std::string::npos);

    Booking booking;
    booking.sealedContact = request->sealedContact;
    const auto contact = openContact(cipher(), booking);
    REQUIRE(contact);
    CHECK(contact->firstNames == "Lina");
    CHECK_FALSE(contact->phone);
    booking.sealedContact = "damaged";
    CHECK_FALSE(openContact(cipher(), booking));
}
