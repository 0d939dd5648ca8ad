#include <algorithm>

#include "model/model.hpp"

namespace placette {
namespace {

// What must be told before a booking is confirmed.
std::optional<Problem> untold(const Booking& booking) {
    const char* missing = !booking.purpose ? "purpose" : booking.caseRef.empty() ? "caseRef" : nullptr;
    if (!missing) return std::nullopt;
    Problem problem{ProblemType::invalid_params};
    problem.field = missing;
    return problem;
}

Booking completed(Booking booking, const ConfirmBooking& told) {
    if (told.purpose) booking.purpose = told.purpose;
    if (told.caseRef) {
        booking.caseRef = *told.caseRef;
        booking.caseKey = told.caseKey;
    }
    if (told.commune) booking.commune = *told.commune;
    if (told.sealedContact) booking.sealedContact = *told.sealedContact;
    return booking;
}

// Confirmed, or requested where the facility has to agree.
void become(Booking& booking, const Approving& approving) {
    const bool asks = booking.approval != Approval::none;
    booking.state = asks ? BookingState::requested : BookingState::confirmed;
    if (asks) booking.decideBy = approving.decideBy;
}

}  // namespace

// The booking, after what was due around it.
Result<Booking*> Model::opened(const std::string& id) {
    const auto found = bookings_.find(id);
    if (found == bookings_.end()) {
        endDue({});
        return problem(ProblemType::not_found);
    }
    endDue({found->second.facility});
    return &found->second;
}

Result<Booking*> Model::openedHold(const std::string& id) {
    auto found = opened(id);
    if (!found || (*found)->state == BookingState::held) return found;
    return problem((*found)->state == BookingState::expired ? ProblemType::hold_expired
                                                            : ProblemType::wrong_state);
}

Result<Model::Effect> Model::run(const HoldPlaces& command) {
    endDue({command.booking.facility});
    Booking booking = command.booking;
    Refusal refused;
    if (command.confirm) refused = untold(booking);
    if (!refused) refused = past(booking);
    if (!refused) refused = closed(booking);
    if (!refused && !command.force) refused = duplicate(booking);
    if (!refused) refused = noRoom(booking);
    if (refused) return tl::unexpected<Problem>(*refused);
    booking.approval = approvalDue(booking, command.approving);
    if (const auto never = notAgreeable(booking, command.approving)) return tl::unexpected<Problem>(*never);

    booking.id = newId();
    booking.createdAt = now_;
    booking.version = 0;
    if (command.confirm) {
        become(booking, command.approving);
    } else {
        booking.state = BookingState::held;
        booking.expiresAt = now_ + command.ttl;
    }
    if (const auto end = booking.endsBy()) holds_.emplace(*end, booking.id);
    commit(booking, booking.places, 1, !command.confirm);
    touch(booking);
    bookings_[booking.id] = booking;
    return Effect{.bookings = {booking.id}};
}

Model::Refusal Model::takenAnew(const Booking& booking, bool force, const Approving& approving) const {
    if (auto refused = past(booking)) return refused;
    if (auto refused = closed(booking)) return refused;
    if (auto refused = force ? std::nullopt : duplicate(booking)) return refused;
    auto refused = noRoom(booking);
    if (refused) return Problem{ProblemType::hold_expired, {}, {}, std::move(refused->cells)};
    if (booking.approval == Approval::none && approvalDue(booking, approving) != Approval::none)
        return Problem{ProblemType::hold_expired, {}, {}, cellsOf(booking)};
    return std::nullopt;
}

Result<Model::Effect> Model::run(const ConfirmBooking& command) {
    const auto found = opened(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    const bool held = booking.state == BookingState::held;
    const bool lapsed = booking.state == BookingState::expired && !booking.decideBy;
    if (!held && !lapsed) return problem(ProblemType::wrong_state);

    Booking complete = completed(booking, command);
    auto refused = untold(complete);
    if (!refused && !held) refused = takenAnew(complete, command.force, command.approving);
    if (!refused && held && caseOf(complete) != caseOf(booking) && !command.force)
        refused = duplicate(complete);
    if (!refused) refused = notAgreeable(complete, command.approving);
    if (refused) return tl::unexpected<Problem>(*refused);

    become(complete, command.approving);
    complete.expiresAt.reset();
    if (held) {
        stopWaiting(booking);
        settle(booking);
    } else {
        commit(booking, booking.places, 1, false);
        lapsed_.erase(booking.id);
    }
    if (const auto end = complete.endsBy()) holds_.emplace(*end, complete.id);
    touch(complete);
    booking = complete;
    return Effect{.bookings = {booking.id}};
}

Result<Model::Effect> Model::run(const ExtendHold& command) {
    const auto found = openedHold(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    const Instant cap = booking.createdAt + maxHold;
    if (*booking.expiresAt >= cap) return problem(ProblemType::too_late);
    touch(booking);
    holds_.erase({*booking.expiresAt, booking.id});
    booking.expiresAt = std::min(*booking.expiresAt + extension, cap);
    holds_.emplace(*booking.expiresAt, booking.id);
    return Effect{.bookings = {booking.id}};
}

Result<Model::Effect> Model::run(const ReleaseHold& command) {
    const auto found = openedHold(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    touch(booking);
    holds_.erase({*booking.expiresAt, booking.id});
    settle(booking);
    giveBack(booking);
    booking.state = BookingState::released;
    lapsed_[booking.id] = now_;
    booking.expiresAt.reset();
    return Effect{.bookings = {booking.id}};
}

}  // namespace placette
