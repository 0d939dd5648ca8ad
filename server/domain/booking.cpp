#include "placette/domain/booking.hpp"

#include "domain/name_table.hpp"

namespace placette {
namespace {

constexpr auto cares = namesOf<Care>("vip", "other");
constexpr auto states =
    namesOf<BookingState>("held", "requested", "confirmed", "attended", "no_show", "cancelled_by_office",
                          "cancelled_by_facility", "cancelled_by_family", "released", "expired", "declined");
constexpr auto approvals = namesOf<Approval>("none", "stale", "newcomer", "rules");
constexpr auto outcomes = namesOf<PlaceOutcome>("none", "attended", "no_show", "cancelled");
constexpr auto cancellers = namesOf<CancelledBy>("office", "facility", "family");
constexpr auto reasons = namesOf<CancelReason>("ill", "appointment_moved", "other_solution", "mistake",
                                               "staff", "closure", "outbreak", "capacity", "papers");
constexpr auto purposes = namesOf<Purpose>("job_interview", "job_search_appointment", "training", "trial",
                                           "job_start", "insertion_step", "group_session", "other");

}  // namespace

std::string_view name(Care care) {
    return cares[care];
}
std::string_view name(BookingState state) {
    return states[state];
}
std::string_view name(Approval approval) {
    return approvals[approval];
}
std::string_view name(PlaceOutcome outcome) {
    return outcomes[outcome];
}
std::string_view name(CancelledBy by) {
    return cancellers[by];
}
std::string_view name(CancelReason reason) {
    return reasons[reason];
}
std::string_view name(Purpose purpose) {
    return purposes[purpose];
}

std::optional<Care> careFrom(std::string_view text) {
    return cares.find(text);
}
std::optional<BookingState> bookingStateFrom(std::string_view text) {
    return states.find(text);
}
std::optional<Approval> approvalFrom(std::string_view text) {
    return approvals.find(text);
}
std::optional<PlaceOutcome> placeOutcomeFrom(std::string_view text) {
    return outcomes.find(text);
}
std::optional<CancelledBy> cancelledByFrom(std::string_view text) {
    return cancellers.find(text);
}
std::optional<CancelReason> cancelReasonFrom(std::string_view text) {
    return reasons.find(text);
}
std::optional<Purpose> purposeFrom(std::string_view text) {
    return purposes.find(text);
}

bool isFacilityReason(CancelReason reason) {
    return reason >= CancelReason::staff;
}

std::optional<CancelReason> facilityReasonFrom(std::string_view text) {
    const auto reason = cancelReasonFrom(text);
    return reason && isFacilityReason(*reason) ? reason : std::nullopt;
}

bool Booking::live() const {
    switch (state) {
        case BookingState::held:
        case BookingState::requested:
        case BookingState::confirmed:
        case BookingState::attended:
        case BookingState::no_show:
            return true;
        default:
            return false;
    }
}

std::optional<Instant> Booking::endsBy() const {
    if (state == BookingState::held) return expiresAt;
    if (state == BookingState::requested) return decideBy;
    return std::nullopt;
}

}  // namespace placette
