#include <catch2/catch.hpp>

#include "a_facility.hpp"
#include "service/booking_request.hpp"

using namespace placette;
using namespace placette::service;

namespace {

BookingRequest aRequest() {
    BookingRequest request;
    request.facility = "genlis-lucioles";
    request.places.push_back({wednesday, "matin"});
    request.children.push_back({20, std::nullopt, true});
    return request;
}

Result<Booking> planned(const BookingRequest& request, const Facility& facility = aFacility()) {
    return plannedBooking(request, facility, paris(), toInstant(monday, std::chrono::hours{7}, paris()));
}

void requireProblem(const Result<Booking>& booking, ProblemType type, const std::string& field) {
    REQUIRE_FALSE(booking);
    CHECK(booking.error().type == type);
    CHECK(booking.error().field == field);
}

}  // namespace

TEST_CASE("a booking is planned: section by age, ends in the territory's time") {
    const auto booking = planned(aRequest());
    REQUIRE(booking);
    CHECK(booking->children == std::vector<Child>{{"2025-03", true}});
    REQUIRE(booking->places.size() == 1);
    const auto& place = booking->places[0];
    CHECK(place.section == "moyens");
    CHECK(place.startsAt == instant("2026-11-25T07:00:00Z"));
    CHECK(place.endsAt == instant("2026-11-25T11:30:00Z"));
    CHECK(place.bookableUntil == instant("2026-11-25T10:30:00Z"));
}

TEST_CASE("each place is for the child's age on its own day") {
    auto request = aRequest();
    request.children[0].ageMonths = 14;
    request.places.push_back({day("2026-12-01"), "matin"});
    const auto booking = planned(request);
    REQUIRE(booking);
    CHECK(booking->places[0].section == "bebes");
    CHECK(booking->places[1].section == "moyens");
    CHECK(booking->places[1].id == 1);
}

TEST_CASE("a section is not for every age") {
    auto request = aRequest();
    request.children[0].ageMonths = 24;
    requireProblem(planned(request), ProblemType::age_out_of_range, "places[0]");
    request.children[0].ageMonths = 20;
    request.places[0].section = "bebes";
    requireProblem(planned(request), ProblemType::age_out_of_range, "places[0].section");
    request.places[0].section = "grands";
    requireProblem(planned(request), ProblemType::invalid_params, "places[0].section");
    request.places[0].section.reset();
    request.children[0] = {std::nullopt, "2027-01", false};
    requireProblem(planned(request), ProblemType::age_out_of_range, "places[0]");
}

TEST_CASE("a facility is not open at all times") {
    auto request = aRequest();
    request.places[0].date = day("2026-12-24");
    requireProblem(planned(request), ProblemType::closed, "places[0].date");
    request.places[0].date = saturday;
    requireProblem(planned(request), ProblemType::outside_hours, "places[0].date");
    request.places[0] = {wednesday, "apres-midi"};
    requireProblem(planned(request), ProblemType::outside_hours, "places[0].date");
    request.places[0] = {wednesday, "soir"};
    requireProblem(planned(request), ProblemType::invalid_params, "places[0].period");
    request.places[0] = {monday + date::days{401}, "matin"};
    requireProblem(planned(request), ProblemType::invalid_params, "places[0].date");
}

TEST_CASE("arrival and departure lie within the period") {
    const auto hours = [](const char* arrive, const char* leave) {
        auto request = aRequest();
        request.places[0].arrive = timeOfDayFrom(arrive);
        request.places[0].leave = timeOfDayFrom(leave);
        return planned(request);
    };
    CHECK(hours("08:00", "12:30"));
    requireProblem(hours("07:59", "12:00"), ProblemType::outside_hours, "places[0].arrive");
    requireProblem(hours("12:30", "12:30"), ProblemType::outside_hours, "places[0].arrive");
    requireProblem(hours("09:00", "12:31"), ProblemType::outside_hours, "places[0].leave");
    requireProblem(hours("09:00", "09:00"), ProblemType::outside_hours, "places[0].leave");
}

TEST_CASE("a contract is due at a childminder's and a crèche familiale") {
    for (const auto kind : {FacilityKind::childminder, FacilityKind::creche_familiale}) {
        auto facility = aFacility();
        facility.kind = kind;
        requireProblem(planned(aRequest(), facility), ProblemType::invalid_params, "facility");
    }
}
