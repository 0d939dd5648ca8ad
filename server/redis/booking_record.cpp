#include "redis/booking_record.hpp"

#include <stdexcept>

#include "protocol/json_text.hpp"

namespace placette::redis {
namespace {

using encode::Object;

void placeRecord(Object& record, const Place& place) {
    record.member("id", place.id);
    record.member("date", encode::Quoted{place.date});
    record.text("period", place.period);
    record.text("section", place.section);
    record.member("child", place.child);
    record.member("startsAt", millis(place.startsAt));
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

int integerOf(Value value) {
    return static_cast<int>(value.get_int64().value());
}
TimeOfDay timeOf(Value minutes) {
    return TimeOfDay{integerOf(minutes)};
}

const Layout<Place> placeLayout{
    {"id", [](Place& place, Value id) { place.id = integerOf(id); }},
    {"date", [](Place& place, Value date) { place.date = known(dateFrom(textOf(date))); }},
    {"period", [](Place& place, Value period) { place.period = textOf(period); }},
    {"section", [](Place& place, Value section) { place.section = textOf(section); }},
    {"child", [](Place& place, Value child) { place.child = integerOf(child); }},
    {"startsAt", [](Place& place, Value at) { place.startsAt = instantOf(at); }, false},
    {"bookableUntil", [](Place& place, Value until) { place.bookableUntil = instantOf(until); }},
    {"endsAt", [](Place& place, Value at) { place.endsAt = instantOf(at); }},
    {"arrive", [](Place& place, Value at) { place.arrive = timeOf(at); }, false},
    {"leave", [](Place& place, Value at) { place.leave = timeOf(at); }, false},
    {"meal", [](Place& place, Value meal) { place.meal = meal.get_bool().value(); }, false},
    {"outcome", [](Place& place, Value name) { place.outcome = known(placeOutcomeFrom(textOf(name))); },
     false},
    {"cancelReason",
     [](Place& place, Value name) { place.cancelReason = known(cancelReasonFrom(textOf(name))); }, false},
};

const Layout<Child> childLayout{
    {"birthMonth", [](Child& child, Value month) { child.birthMonth = textOf(month); }},
    {"walker", [](Child& child, Value walker) { child.walker = walker.get_bool(); }},
};

const Layout<Booker> bookerLayout{
    {"account", [](Booker& booker, Value account) { booker.account = textOf(account); }},
    {"name", [](Booker& booker, Value name) { booker.name = textOf(name); }},
    {"phone", [](Booker& booker, Value phone) { booker.phone = textOf(phone); }},
};

template <class T>
std::vector<T> listOf(const Layout<T>& layout, Value values) {
    std::vector<T> list;
    for (const Value value : values.get_array()) list.push_back(layout.read(value));
    return list;
}

const Layout<Booking> bookingLayout{
    {"id", [](Booking& booking, Value id) { booking.id = textOf(id); }},
    {"facility", [](Booking& booking, Value facility) { booking.facility = textOf(facility); }},
    {"office", [](Booking& booking, Value office) { booking.office = textOf(office); }},
    {"state", [](Booking& booking, Value state) { booking.state = known(bookingStateFrom(textOf(state))); }},
    {"places", [](Booking& booking, Value places) { booking.places = listOf(placeLayout, places); }},
    {"children", [](Booking& booking, Value children) { booking.children = listOf(childLayout, children); }},
    {"known", [](Booking& booking, Value known) { booking.known = known.get_bool(); }},
    {"bookedBy", [](Booking& booking, Value booker) { booking.bookedBy = bookerLayout.read(booker); }},
    {"seenAt", [](Booking& booking, Value at) { booking.seenAt = instantOf(at); }, false},
    {"care", [](Booking& booking, Value care) { booking.care = known(careFrom(textOf(care))); }},
    {"purpose", [](Booking& booking, Value name) { booking.purpose = known(purposeFrom(textOf(name))); },
     false},
    {"caseRef", [](Booking& booking, Value reference) { booking.caseRef = textOf(reference); }},
    {"caseKey", [](Booking& booking, Value key) { booking.caseKey = textOf(key); }, false},
    {"commune", [](Booking& booking, Value commune) { booking.commune = textOf(commune); }},
    {"contact", [](Booking& booking, Value contact) { booking.sealedContact = textOf(contact); }},
    {"createdAt", [](Booking& booking, Value at) { booking.createdAt = instantOf(at); }},
    {"expiresAt", [](Booking& booking, Value at) { booking.expiresAt = instantOf(at); }, false},
    {"version", [](Booking& booking, Value version) { booking.version = version.get_int64(); }},
};

}  // namespace

void appendNewRecord(std::string& out, const Booking& booking) {
    Object record(out);
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
    if (!booking.caseKey.empty()) record.text("caseKey", booking.caseKey);
    record.text("commune", booking.commune);
    record.text("contact", booking.sealedContact);
    if (booking.purpose) record.text("purpose", name(*booking.purpose));
    record.end();
}

Booking bookingFrom(Value record) {
    return bookingLayout.read(record);
}

}  // namespace placette::redis
