#include "service/booking_answer.hpp"

#include "service/write.hpp"

namespace placette::service {

void appendBooking(std::string& out, const Environment& environment, const Booking& booking,
                   encode::Audience audience) {
    encode::booking(out, booking, audience, environment.hub.openContact()(booking), now());
}

Parts changedBooking(const Environment& environment, const std::string& territory, const Outcome& outcome,
                     encode::Audience audience) {
    std::string out = R"({"booking":)";
    appendBooking(out, environment, outcome.bookings.at(0), audience);
    endAnswer(out, environment, territory, outcome);
    return parts(std::move(out));
}

}  // namespace placette::service
