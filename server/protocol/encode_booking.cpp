// A booking in the two views of it: the facility never learns why the child comes.
#include <algorithm>

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace placette::encode {

namespace {

using Name = Quoted<std::string_view>;

std::optional<Name> outcomeOf(const Place& place) {
    if (place.outcome == PlaceOutcome::none) return std::nullopt;
    return Name{name(place.outcome)};
}

std::optional<Name> purposeOf(const Booking& booking) {
    if (!booking.purpose) return std::nullopt;
    return Name{name(*booking.purpose)};
}

void place(std::string& out, const Place& place) {
    append(out, R"({"id":)", place.id, R"(,"date":")", place.date, R"(","period":")", place.period,
           R"(","section":")", place.section, R"(","child":)", place.child, R"(,"arrive":)",
           quoted(place.arrive), R"(,"leave":)", quoted(place.leave), R"(,"meal":)", place.meal,
           R"(,"outcome":)", outcomeOf(place), '}');
}

void child(std::string& out, const Child& child) {
    append(out, R"({"birthMonth":")", child.birthMonth, R"(","walker":)", child.walker, '}');
}

void contactOf(std::string& out, const Contact& contact) {
    out += R"(,"contact":{"informed":true)";
    if (contact.firstNames) append(out, R"(,"firstNames":)", Escaped{*contact.firstNames});
    if (contact.phone) append(out, R"(,"phone":)", Escaped{*contact.phone});
    out += '}';
}

void forTheOffice(std::string& out, const Booking& booking) {
    append(out, R"(,"care":")", name(booking.care), R"(","purpose":)", purposeOf(booking), R"(,"caseRef":)",
           escapedOrNull(booking.caseRef), R"(,"commune":)", escapedOrNull(booking.commune));
}

void expiry(std::string& out, const Booking& booking, std::optional<Instant> now) {
    append(out, R"(,"expiresAt":)", quoted(booking.expiresAt));
    if (now && booking.expiresAt && booking.state == BookingState::held)
        append(out, R"(,"expiresInMs":)", std::max<std::int64_t>(0, (*booking.expiresAt - *now).count()));
}

}  // namespace

void booking(std::string& out, const Booking& booking, Audience audience,
             const std::optional<Contact>& contact, std::optional<Instant> now) {
    append(out, R"({"id":")", booking.id, R"(","facility":")", booking.facility, R"(","office":")",
           booking.office, R"(","state":")", name(booking.state), R"(","approval":")", name(booking.approval),
           R"(","places":)");
    array(out, booking.places, place);
    out += R"(,"children":)";
    array(out, booking.children, child);
    append(out, R"(,"known":)", booking.known, R"(,"bookedBy":{"name":)", Escaped{booking.bookedBy.name},
           R"(,"phone":)", escapedOrNull(booking.bookedBy.phone), R"(},"seenAt":)", quoted(booking.seenAt));
    if (contact) contactOf(out, *contact);
    if (audience == Audience::office) forTheOffice(out, booking);
    expiry(out, booking, now);
    append(out, R"(,"decideBy":)", quoted(booking.decideBy));
    if (booking.declineReason) append(out, R"(,"declineReason":")", name(*booking.declineReason), '"');
    append(out, R"(,"createdAt":")", booking.createdAt, R"(","version":)", booking.version, '}');
}

}  // namespace placette::encode
