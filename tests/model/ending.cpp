#include <algorithm>

#include "model/model.hpp"
#include "model/outcome_of_places.hpp"

namespace placette {
namespace {

BookingState cancelledBy(CancelledBy by) {
    switch (by) {
        case CancelledBy::facility:
            return BookingState::cancelled_by_facility;
        case CancelledBy::family:
            return BookingState::cancelled_by_family;
        default:
            return BookingState::cancelled_by_office;
    }
}

Place* placeOf(Booking& booking, int id) {
    const auto found = std::ranges::find(booking.places, id, &Place::id);
    return found == booking.places.end() ? nullptr : &*found;
}

// No ids: all that have no outcome yet and are not over.
Result<std::vector<Place*>> placesToCancel(Booking& booking, const std::vector<int>& ids, Instant now) {
    for (const int id : ids) {
        if (!placeOf(booking, id)) return problem(ProblemType::invalid_params, {}, "places");
    }
    std::vector<Place*> chosen;
    for (Place& place : booking.places) {
        const bool open = place.outcome == PlaceOutcome::none;
        const bool meant = ids.empty() && open && now < place.endsAt;
        const bool named = std::ranges::find(ids, place.id) != ids.end();
        if (named && !open) return problem(ProblemType::wrong_state);
        if (named || meant) chosen.push_back(&place);
    }
    if (!chosen.empty()) return chosen;
    for (Place& place : booking.places) chosen.push_back(&place);  // refused as too late
    return chosen;
}

std::optional<Problem> tooLate(const Booking& booking, const std::vector<Place*>& places, Instant now) {
    Problem problem{ProblemType::too_late};
    for (const Place* place : places) {
        CellKey key{booking.facility, place->date, place->period, place->section};
        const bool named = std::ranges::find(problem.cells, key) != problem.cells.end();
        if (now >= place->endsAt && !named) problem.cells.push_back(std::move(key));
    }
    if (problem.cells.empty()) return std::nullopt;
    return problem;
}

std::optional<Problem> outOfTime(const Booking& booking, const Place& place, Instant now) {
    const char* detail = now < place.startsAt                  ? "the period has not begun"
                         : now >= place.endsAt + attendanceFor ? "more than 30 days after the place"
                                                               : nullptr;
    if (!detail) return std::nullopt;
    return Problem{
        ProblemType::wrong_state, detail, {}, {{booking.facility, place.date, place.period, place.section}}};
}

}  // namespace

BookingState stateFromPlaces(const Booking& booking, BookingState cancelled) {
    const auto any = [&](PlaceOutcome outcome) {
        return std::ranges::find(booking.places, outcome, &Place::outcome) != booking.places.end();
    };
    if (any(PlaceOutcome::none)) return BookingState::confirmed;
    if (any(PlaceOutcome::attended)) return BookingState::attended;
    if (any(PlaceOutcome::no_show)) return BookingState::no_show;
    return cancelled;
}

Result<Model::Effect> Model::run(const AcknowledgeBooking& command) {
    const auto found = opened(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    if (booking.state == BookingState::held || booking.state == BookingState::released ||
        booking.state == BookingState::expired) {
        return problem(ProblemType::wrong_state);
    }
    if (!booking.seenAt) {
        touch(booking);
        booking.seenAt = now_;
    }
    return Effect{.bookings = {booking.id}};
}

Result<Model::Effect> Model::run(const CancelBooking& command) {
    const auto found = opened(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    if (booking.state != BookingState::confirmed) return problem(ProblemType::wrong_state);
    const auto places = placesToCancel(booking, command.places, now_);
    if (!places) return tl::unexpected<Problem>(places.error());
    if (const auto refused = tooLate(booking, *places, now_)) return tl::unexpected<Problem>(*refused);

    touch(booking);
    for (Place* place : *places) {
        place->outcome = PlaceOutcome::cancelled;
        place->cancelReason = command.reason;
        commit(booking, {*place}, -1, false);
    }
    booking.state = stateFromPlaces(booking, cancelledBy(command.by));
    return Effect{.bookings = {booking.id}};
}

Result<Model::Effect> Model::run(const RecordAttendance& command) {
    const auto found = opened(command.booking);
    if (!found) return tl::unexpected<Problem>(found.error());
    Booking& booking = **found;
    if (booking.state != BookingState::confirmed && booking.state != BookingState::attended &&
        booking.state != BookingState::no_show) {
        return problem(ProblemType::wrong_state);
    }
    Place* place = placeOf(booking, command.place);
    if (!place) return problem(ProblemType::invalid_params, {}, "place");
    if (place->outcome == PlaceOutcome::cancelled) return problem(ProblemType::wrong_state);
    if (auto refused = outOfTime(booking, *place, now_)) return tl::unexpected<Problem>(std::move(*refused));
    if (place->outcome != command.outcome) {
        touch(booking);
        place->outcome = command.outcome;
        booking.state = stateFromPlaces(booking, booking.state);
    }
    return Effect{.bookings = {booking.id}};
}

}  // namespace placette
