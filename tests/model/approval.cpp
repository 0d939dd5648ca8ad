#include <algorithm>

#include "model/model.hpp"

namespace placette {

// Places of children in the slot whom the facility has never seen.
int Model::newcomersIn(const Booking& booking, const Place& slot) const {
    int count = 0;
    for (const auto& [id, other] : bookings_) {
        if (!other.live() || other.known || other.facility != booking.facility) continue;
        for (const Place& place : other.places)
            if (place.date == slot.date && place.period == slot.period &&
                place.outcome != PlaceOutcome::cancelled)
                ++count;
    }
    return count;
}

// The booking has not taken its places yet.
bool Model::tooManyNewcomers(const Booking& booking, const Approving& approving) const {
    return std::ranges::any_of(booking.places, [&](const Place& place) {
        if (now_ > place.startsAt - approving.newcomers.lead) return true;
        const auto come = std::ranges::count_if(booking.places, [&](const Place& other) {
            return other.date == place.date && other.period == place.period;
        });
        return newcomersIn(booking, place) + come > approving.newcomers.perSlot;
    });
}

Approval Model::approvalDue(const Booking& booking, const Approving& approving) const {
    if (approving.rule == ApprovalRule::never) return Approval::none;
    if (approving.rule == ApprovalRule::always) return Approval::rules;
    for (const CellKey& key : cellsOf(booking)) {
        const Cell cell = cellAt(key);
        if (!cell.staleAt || now_ >= *cell.staleAt) return Approval::stale;
    }
    if (!booking.known && tooManyNewcomers(booking, approving)) return Approval::newcomer;
    return Approval::none;
}

Model::Refusal Model::notAgreeable(const Booking& booking, const Approving& approving) const {
    if (!booking.known && approving.newcomers.perSlot == 0)
        return Problem{ProblemType::newcomer_not_accepted, {}, {}, cellsOf(booking)};
    if (booking.approval == Approval::none || now_ < approving.decideBy) return std::nullopt;
    const auto type =
        booking.approval == Approval::newcomer ? ProblemType::newcomer_not_accepted : ProblemType::past;
    return Problem{type, {}, {}, cellsOf(booking)};
}

void Model::stopWaiting(const Booking& booking) {
    if (const auto end = booking.endsBy()) holds_.erase({*end, booking.id});
}

Result<Booking*> Model::openedRequest(const std::string& id) {
    auto found = opened(id);
    if (!found || (*found)->state == BookingState::requested) return found;
    return problem(ProblemType::wrong_state);
}

Result<Model::Effect> Model::run(const ApproveBooking& command) {
    const auto found = openedRequest(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    touch(booking);
    stopWaiting(booking);
    booking.state = BookingState::confirmed;
    booking.decideBy.reset();
    if (!booking.seenAt) booking.seenAt = now_;
    return Effect{.bookings = {booking.id}};
}

Result<Model::Effect> Model::run(const DeclineBooking& command) {
    const auto found = openedRequest(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    touch(booking);
    stopWaiting(booking);
    giveBack(booking);
    booking.state = BookingState::declined;
    booking.decideBy.reset();
    booking.declineReason = command.reason;
    if (!booking.seenAt) booking.seenAt = now_;
    return Effect{.bookings = {booking.id}};
}

}  // namespace placette
