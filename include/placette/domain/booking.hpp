// A booking: all places that one case takes together, or none (siblings, several half-days).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/cell.hpp"
#include "placette/domain/time.hpp"

namespace placette {

enum class BookingState {
    held,
    confirmed,
    attended,
    no_show,
    cancelled_by_office,
    cancelled_by_facility,
    cancelled_by_family,
    released,
    expired,
};
enum class PlaceOutcome { none, attended, no_show, cancelled };
enum class CancelledBy { office, facility, family };
enum class CancelReason {  // the first four: office or family; the others: facility
    ill,
    appointment_moved,
    other_solution,
    mistake,
    staff,
    closure,
    outbreak,
    capacity,
    papers,
};
enum class Purpose {
    job_interview,
    job_search_appointment,
    training,
    trial,
    job_start,
    insertion_step,
    group_session,
    other,
};

std::string_view name(Care);
std::string_view name(BookingState);
std::string_view name(PlaceOutcome);  // "none" stands for null on the wire
std::string_view name(CancelledBy);
std::string_view name(CancelReason);
std::string_view name(Purpose);
std::optional<Care> careFrom(std::string_view);
std::optional<BookingState> bookingStateFrom(std::string_view);
std::optional<PlaceOutcome> placeOutcomeFrom(std::string_view);
std::optional<CancelledBy> cancelledByFrom(std::string_view);
std::optional<CancelReason> cancelReasonFrom(std::string_view);
std::optional<Purpose> purposeFrom(std::string_view);
bool isFacilityReason(CancelReason);

struct Place {
    int id = 0;  // index in the booking, never reused
    Date date{};
    std::string period;
    std::string section;
    int child = 0;  // index into Booking::children
    std::optional<TimeOfDay> arrive{}, leave{};
    std::optional<bool> meal{};
    PlaceOutcome outcome = PlaceOutcome::none;
    std::optional<CancelReason> cancelReason{};  // of a cancelled place; for figures, not on the wire
    // Not on the wire; the server knows the time zone, the store only compares instants:
    Instant startsAt{};  // attendance is refused (`wrong_state`) before; epoch: an older record, not known
    Instant bookableUntil{};  // a new taking is refused (`past`) from here on
    Instant endsAt{};         // a cancellation is refused (`too_late`) from here on
    bool operator==(const Place&) const = default;
};

struct Child {
    std::string birthMonth;  // "2025-03"
    bool walker = false;
    bool operator==(const Child&) const = default;
};

struct Booker {  // the professional who booked
    std::string account, name, phone;
    bool operator==(const Booker&) const = default;
};

struct Booking {
    std::string id;  // "<territory>.<ULID>"
    std::string facility;
    std::string office;
    BookingState state = BookingState::held;
    std::vector<Place> places;    // 1..60
    std::vector<Child> children;  // 1..
    bool known = false;
    Booker bookedBy;
    std::optional<Instant> seenAt{};  // the facility tapped « C’est noté »
    // For the office alone:
    Care care = Care::vip;
    std::optional<Purpose> purpose{};  // due at confirm
    std::string caseRef{};             // due at confirm; the office's pseudonym
    std::string caseKey{};             // what it is one with, where that is written otherwise
    std::string commune{};             // INSEE code or empty
    // For this facility and this office alone, encrypted: opaque text (base64) here, empty if none was given.
    std::string sealedContact{};
    Instant createdAt{};
    std::optional<Instant> expiresAt{};  // while held, and kept after expiry
    std::int64_t version = 0;
    bool operator==(const Booking&) const = default;

    bool live() const;  // holds places: held, confirmed, attended or no_show
};

}  // namespace placette
