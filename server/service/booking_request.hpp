// booking.hold and booking.create as they are asked, and the booking that comes of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "identity/cipher.hpp"
#include "placette/domain/booking.hpp"
#include "placette/domain/facility.hpp"
#include "placette/domain/problem.hpp"
#include "protocol/json.hpp"

namespace placette::service {

struct WantedPlace {
    Date date{};
    std::string period;
    std::optional<std::string> section{};  // nullopt: by the child's age
    int child = 0;
    std::optional<TimeOfDay> arrive{}, leave{};
    std::optional<bool> meal{};
};
struct WantedChild {
    std::optional<int> ageMonths{};  // on the day of the call; or
    std::optional<std::string> birthMonth{};
    bool walker = false;
};
struct BookingRequest {
    std::string facility;
    std::optional<std::string> office;
    std::vector<WantedPlace> places;
    std::vector<WantedChild> children;
    Care care = Care::vip;
    std::optional<Purpose> purpose;
    std::string caseRef, commune;
    bool known = false;
    std::string sealedContact;
    bool force = false;
};

// `invalid_params`. `whole`: purpose and caseRef are due (booking.create).
Result<BookingRequest> readBookingRequest(const Json& params, bool whole, std::size_t maxPlaces,
                                          const identity::Cipher&);

// Places, children and facility; who books is for the caller to add. Problems: those of openPeriod();
// `outside_hours` of arrival and departure; `age_out_of_range`; `invalid_params`.
Result<Booking> plannedBooking(const BookingRequest&, const Facility&, const date::time_zone&, Instant now);

}  // namespace placette::service
