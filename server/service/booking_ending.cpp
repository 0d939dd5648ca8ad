// What becomes of a confirmed booking: seen, cancelled, attended.

#include "service/booking_change.hpp"

namespace placette::service {

namespace {

constexpr int lastPlace = 59;

std::optional<CancelledBy> familyFrom(std::string_view name) {
    return name == "family" ? std::make_optional(CancelledBy::family) : std::nullopt;
}

std::optional<PlaceOutcome> attendanceFrom(std::string_view name) {
    if (name == "attended") return PlaceOutcome::attended;
    if (name == "no_show") return PlaceOutcome::no_show;
    return std::nullopt;
}

// Who cancels follows from whose the booking is, unless the family is said to.
std::optional<Problem> settleWho(Command& asked, const ScopedBooking& scoped) {
    auto& cancel = std::get<CancelBooking>(asked);
    if (cancel.by != CancelledBy::family && !scoped.ofOffice) cancel.by = CancelledBy::facility;
    if (isFacilityReason(cancel.reason) == (cancel.by == CancelledBy::facility)) return std::nullopt;
    return Problem{ProblemType::invalid_params, "not a reason of whoever cancels", "reason"};
}

}  // namespace

Awaitable<Answer> bookingAcknowledge(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params&, const auto& id) { return AcknowledgeBooking{id}; }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

Awaitable<Answer> bookingCancel(Environment& environment, Caller& caller, Call call) {
    BookingChange change{
        [](Params& p, const auto& id) {
            CancelBooking command;
            command.booking = id;
            command.reason = p.oneOf("reason", cancelReasonFrom);
            command.by =
                p.optional(&Params::oneOf<CancelledBy>, "by", familyFrom).value_or(CancelledBy::office);
            if (p.has("places")) command.places = p.distinct(&Params::integer, "places", 1, 60, 0, lastPlace);
            return command;
        },
        settleWho};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

Awaitable<Answer> bookingAttendance(Environment& environment, Caller& caller, Call call) {
    BookingChange change{[](Params& p, const auto& id) {
        RecordAttendance command{id, p.integer("place", 0, lastPlace)};
        if (!p.isNull("outcome")) command.outcome = p.oneOf("outcome", attendanceFrom);
        return command;
    }};
    return changeBooking(environment, caller, std::move(call), std::move(change));
}

}  // namespace placette::service
