// A booking in the two views of it: the facility never learns why the child comes.
#include <algorithm>

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"

namespace placette::encode {

namespace {

void timeOrNull(std::string& out, const std::optional<TimeOfDay>& time) {
    orNull(out, time, [](std::string& to, TimeOfDay at) { plain(to, toText(at)); });
}

void place(std::string& out, const Place& place) {
    out += R"({"id":)";
    number(out, place.id);
    out += R"(,"date":)";
    plain(out, toText(place.date));
    out += R"(,"period":)";
    plain(out, place.period);
    out += R"(,"section":)";
    plain(out, place.section);
    out += R"(,"child":)";
    number(out, place.child);
    out += R"(,"arrive":)";
    timeOrNull(out, place.arrive);
    out += R"(,"leave":)";
    timeOrNull(out, place.leave);
    out += R"(,"meal":)";
    orNull(out, place.meal, flag);
    out += R"(,"outcome":)";
    if (place.outcome == PlaceOutcome::none)
        out += "null";
    else
        plain(out, name(place.outcome));
    out += '}';
}

void child(std::string& out, const Child& child) {
    out += R"({"birthMonth":)";
    plain(out, child.birthMonth);
    out += R"(,"walker":)";
    flag(out, child.walker);
    out += '}';
}

void contactOf(std::string& out, const Contact& contact) {
    out += R"(,"contact":{"informed":true)";
    if (contact.firstNames) {
        out += R"(,"firstNames":)";
        text(out, *contact.firstNames);
    }
    if (contact.phone) {
        out += R"(,"phone":)";
        text(out, *contact.phone);
    }
    out += '}';
}

void forTheOffice(std::string& out, const Booking& booking) {
    out += R"(,"care":)";
    plain(out, name(booking.care));
    out += R"(,"purpose":)";
    orNull(out, booking.purpose, [](std::string& to, Purpose purpose) { plain(to, name(purpose)); });
    out += R"(,"caseRef":)";
    textOrNull(out, booking.caseRef);
    out += R"(,"commune":)";
    textOrNull(out, booking.commune);
}

void expiry(std::string& out, const Booking& booking, std::optional<Instant> now) {
    out += R"(,"expiresAt":)";
    instant(out, booking.expiresAt);
    if (now && booking.expiresAt && booking.state == BookingState::held) {
        out += R"(,"expiresInMs":)";
        number(out, std::max<std::int64_t>(0, (*booking.expiresAt - *now).count()));
    }
}

}  // namespace

void booking(std::string& out, const Booking& booking, Audience audience,
             const std::optional<Contact>& contact, std::optional<Instant> now) {
    out += R"({"id":)";
    plain(out, booking.id);
    out += R"(,"facility":)";
    plain(out, booking.facility);
    out += R"(,"office":)";
    plain(out, booking.office);
    out += R"(,"state":)";
    plain(out, name(booking.state));
    out += R"(,"approval":"none","places":)";
    array(out, booking.places, place);
    out += R"(,"children":)";
    array(out, booking.children, child);
    out += R"(,"known":)";
    flag(out, booking.known);
    out += R"(,"bookedBy":{"name":)";
    text(out, booking.bookedBy.name);
    out += R"(,"phone":)";
    textOrNull(out, booking.bookedBy.phone);
    out += R"(},"seenAt":)";
    instant(out, booking.seenAt);
    if (contact) contactOf(out, *contact);
    if (audience == Audience::office) forTheOffice(out, booking);
    expiry(out, booking, now);
    out += R"(,"createdAt":)";
    instant(out, booking.createdAt);
    out += R"(,"version":)";
    number(out, booking.version);
    out += '}';
}

}  // namespace placette::encode
