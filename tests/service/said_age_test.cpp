// An age is said on the day of the call: month of birth and section on the day of care follow from it.
#include <catch2/catch.hpp>
#include <fstream>

#include "a_facility.hpp"
#include "nlohmann/json.hpp"
#include "service/booking_request.hpp"

using namespace placette;
using namespace placette::service;

namespace {

// Open every day, so that the age alone decides.
Facility alwaysOpen() {
    auto facility = aFacility();
    facility.sections.push_back({"grands", "Grands", 24, 36});
    facility.closures.clear();
    for (auto& period : facility.periods) period.days = {1, 2, 3, 4, 5, 6, 7};
    return facility;
}

Result<Booking> planned(int months, Date today, Date careDay) {
    BookingRequest request;
    request.facility = "genlis-lucioles";
    request.places.push_back({careDay, "matin"});
    request.children.push_back({months, std::nullopt, true});
    return plannedBooking(request, alwaysOpen(), paris(), toInstant(today, std::chrono::hours{7}, paris()));
}

}  // namespace

TEST_CASE("an age is that of the day of the call, whenever the place is") {
    std::ifstream file(PLACETTE_TEST_CASES "/ages.json");
    const auto cases = nlohmann::json::parse(file);
    REQUIRE(cases.size() >= 12);
    for (const auto& each : cases) {
        INFO(each.dump());
        const auto at = [&](const char* name) { return day(each.at(name).get<std::string>().c_str()); };
        const auto careDay = at("day");
        const auto booking = planned(each.at("ageMonths"), at("today"), careDay);
        CHECK(ageMonths(each.at("birthMonth").get<std::string>(), careDay) == each.at("monthsOnDay"));
        if (each.at("section").is_null()) {
            REQUIRE_FALSE(booking);
            CHECK(booking.error().type == ProblemType::age_out_of_range);
        } else {
            REQUIRE(booking);
            CHECK(booking->children[0].birthMonth == each.at("birthMonth"));
            CHECK(booking->places[0].section == each.at("section"));
        }
    }
}

TEST_CASE("from 1 to 60 days ahead the month of birth stays that of the day of the call") {
    for (const auto* said : {"2026-11-23", "2026-11-30", "2026-12-31", "2027-01-31", "2028-02-29"}) {
        const auto today = day(said);
        const auto birthMonth = birthMonthFrom(20, today);
        for (int ahead = 1; ahead <= 60; ++ahead) {
            INFO(said << " + " << ahead);
            const auto careDay = today + date::days{ahead};
            const auto booking = planned(20, today, careDay);
            REQUIRE(booking);
            CHECK(booking->children[0].birthMonth == birthMonth);
            CHECK(booking->places[0].section == "moyens");
        }
    }
}
