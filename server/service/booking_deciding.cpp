// What the facility says of a request.

#include "service/booking_change.hpp"

namespace placette::service {

Awaitable<Answer> bookingApprove(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params&, const auto& id) { return ApproveBooking{id}; }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

Awaitable<Answer> bookingDecline(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params& p, const auto& id) {
        return DeclineBooking{id, p.oneOf("reason", facilityReasonFrom)};
    }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

}  // namespace placette::service
