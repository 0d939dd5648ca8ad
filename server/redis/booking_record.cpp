#include "redis/booking_record.hpp"

#include <stdexcept>

#include "protocol/json_text.hpp"
#include "redis/record.hpp"

namespace placette::redis {
namespace {

using encode::Object;

void placeRecord(Object& record, const Place& place) {
    record.member("id", place.id);
    record.member("date", encode::Quoted{place.date});
    record.text("period", place.period);
    record.text("section", place.section);
    record.member("child", place.child);
    record.member("bookableUntil", millis(place.bookableUntil));
    record.member("endsAt", millis(place.endsAt));
    if (place.arrive) record.member("arrive", place.arrive->count());
    if (place.leave) record.member("leave", place.leave->count());
    if (place.meal) record.member("meal", *place.meal);
}

void childRecord(Object& record, const Child& child) {
    record.text("birthMonth", child.birthMonth);
    record.member("walker", child.walker);
}

template <class T>
T known(const std::optional<T>& value) {
    if (!value) throw std::runtime_error("a booking in the store has an unknown name or date");
    return *value;
}

Place placeFrom(const Record& record) {
    const auto timeOfDay = [](Value minutes) {
        return TimeOfDay{static_cast<int>(minutes.get_int64().value())};
    };
    Place place;
    place.id = static_cast<int>(record.integer("id"));
    place.date = known(dateFrom(record.text("date")));
    place.period = record.text("period");
    place.section = record.text("section");
    place.child = static_cast<int>(record.integer("child"));
    place.bookableUntil = record.instant("bookableUntil");
    place.endsAt = record.instant("endsAt");
    record.ifPresent("arrive", [&](Value at) { place.arrive = timeOfDay(at); });
    record.ifPresent("leave", [&](Value at) { place.leave = timeOfDay(at); });
    record.ifPresent("meal", [&](Value meal) { place.meal = meal.get_bool().value(); });
    record.ifPresent("outcome",
                     [&](Value outcome) { place.outcome = known(placeOutcomeFrom(textOf(outcome))); });
    record.ifPresent("cancelReason",
                     [&](Value reason) { place.cancelReason = known(cancelReasonFrom(textOf(reason))); });
    return place;
}

Child childFrom(const Record& record) {
    return {std::string(record.text("birthMonth")), record.flag("walker")};
}

Booker bookerFrom(const Record& record) {
    return {std::string(record.text("account")), std::string(record.text("name")),
            std::string(record.text("phone"))};
}

}  // namespace

void appendNewRecord(std::string& out, const Booking& booking) {
    Object record(out);
    record.text("id", booking.id);
    record.text("facility", booking.facility);
    record.text("office", booking.office);
    record.array("places", booking.places, placeRecord);
    record.array("children", booking.children, childRecord);
    record.member("known", booking.known);
    Object booker(record.member("bookedBy"));
    booker.text("account", booking.bookedBy.account);
    booker.text("name", booking.bookedBy.name);
    booker.text("phone", booking.bookedBy.phone);
    booker.end();
    record.text("care", name(booking.care));
    record.text("caseRef", booking.caseRef);
    record.text("commune", booking.commune);
    record.text("contact", booking.sealedContact);
    if (booking.purpose) record.text("purpose", name(*booking.purpose));
    record.end();
}

Booking bookingFrom(const Record& record) {
    Booking booking;
    booking.id = record.text("id");
    booking.facility = record.text("facility");
    booking.office = record.text("office");
    booking.state = known(bookingStateFrom(record.text("state")));
    for (Value place : record.at("places").get_array()) booking.places.push_back(placeFrom(Record(place)));
    for (Value child : record.at("children").get_array())
        booking.children.push_back(childFrom(Record(child)));
    booking.known = record.flag("known");
    booking.bookedBy = bookerFrom(Record(record.at("bookedBy")));
    record.ifPresent("seenAt", [&](Value at) { booking.seenAt = instantOf(at); });
    booking.care = known(careFrom(record.text("care")));
    record.ifPresent("purpose",
                     [&](Value purpose) { booking.purpose = known(purposeFrom(textOf(purpose))); });
    booking.caseRef = record.text("caseRef");
    booking.commune = record.text("commune");
    booking.sealedContact = record.text("contact");
    booking.createdAt = record.instant("createdAt");
    record.ifPresent("expiresAt", [&](Value at) { booking.expiresAt = instantOf(at); });
    booking.version = record.integer("version");
    return booking;
}

}  // namespace placette::redis
