// What the office does with its booking: confirm, extend, release.

#include "protocol/same_text.hpp"
#include "service/approving.hpp"
#include "service/booking_change.hpp"
#include "service/contact.hpp"

namespace placette::service {

namespace {

// As its facility's rules are now; one that there is not any more agrees to nothing.
std::optional<Problem> bringApproving(const Environment& environment, Command& asked,
                                      const Booking& booking) {
    const auto directory = environment.hub.directory();
    const auto known = directory->territoryOfFacility(booking.facility);
    if (!known) return std::nullopt;
    std::get<ConfirmBooking>(asked).approving =
        approvingOf(*directory->facility(booking.facility), *known->zone, booking.places, now());
    return std::nullopt;
}

}  // namespace

Awaitable<Answer> bookingConfirm(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[&cipher = environment.cipher](Params& p, const auto& id) {
        ConfirmBooking command{id};
        command.purpose = p.optional(&Params::oneOf<Purpose>, "purpose", purposeFrom);
        command.caseRef = p.optional(&Params::caseRef, "caseRef");
        if (command.caseRef) command.caseKey = otherCaseKey(*command.caseRef);
        command.commune = p.optional(&Params::insee, "commune");
        command.sealedContact = sealedContactIn(p, cipher);
        return command;
    }};
    change.check = [&environment](Command& asked, const ScopedBooking& scoped) {
        return bringApproving(environment, asked, scoped.booking);
    };
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

Awaitable<Answer> bookingExtend(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params&, const auto& id) { return ExtendHold{id}; }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

Awaitable<Answer> bookingRelease(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params&, const auto& id) { return ReleaseHold{id}; }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

}  // namespace placette::service
