// What the office does with its booking: confirm, extend, release.

#include "protocol/same_text.hpp"
#include "service/booking_change.hpp"
#include "service/contact.hpp"

namespace placette::service {

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
