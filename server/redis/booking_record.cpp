#include "redis/booking_record.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

#include "redis/cell_text.hpp"

namespace placette::redis {
namespace {

using nlohmann::json;

json placeRecord(const Place& place) {
    json record{{"id", place.id},
                {"date", toText(place.date)},
                {"period", place.period},
                {"section", place.section},
                {"child", place.child},
                {"bookableUntil", millis(place.bookableUntil)},
                {"endsAt", millis(place.endsAt)}};
    if (place.arrive) record["arrive"] = place.arrive->count();
    if (place.leave) record["leave"] = place.leave->count();
    if (place.meal) record["meal"] = *place.meal;
    return record;
}

template <class T>
T known(const std::optional<T>& value) {
    if (!value) throw std::runtime_error("a booking in the store has an unknown name or date");
    return *value;
}

// Calls `use` with the field's value where the record has one.
template <class F>
void ifPresent(const json& record, const char* field, F use) {
    if (const auto found = record.find(field); found != record.end()) use(*found);
}

const std::string& textOf(const json& record, const char* field) {
    return record.at(field).get_ref<const std::string&>();
}

const std::string& textOf(const json& value) {
    return value.get_ref<const std::string&>();
}

Place placeFrom(const json& record) {
    Place place;
    place.id = record.at("id").get<int>();
    place.date = known(dateFrom(textOf(record, "date")));
    place.period = textOf(record, "period");
    place.section = textOf(record, "section");
    place.child = record.at("child").get<int>();
    place.bookableUntil = instantOf(record.at("bookableUntil"));
    place.endsAt = instantOf(record.at("endsAt"));
    ifPresent(record, "arrive", [&](const json& at) { place.arrive = TimeOfDay{at.get<int>()}; });
    ifPresent(record, "leave", [&](const json& at) { place.leave = TimeOfDay{at.get<int>()}; });
    ifPresent(record, "meal", [&](const json& meal) { place.meal = meal.get<bool>(); });
    ifPresent(record, "outcome",
              [&](const json& outcome) { place.outcome = known(placeOutcomeFrom(textOf(outcome))); });
    ifPresent(record, "cancelReason",
              [&](const json& reason) { place.cancelReason = known(cancelReasonFrom(textOf(reason))); });
    return place;
}

}  // namespace

Instant instantOf(const json& value) {
    return instantFromMillis(value.get<std::int64_t>());
}

json newRecord(const Booking& booking) {
    json places = json::array();
    for (const auto& place : booking.places) places.push_back(placeRecord(place));
    json children = json::array();
    for (const auto& child : booking.children) {
        children.push_back({{"birthMonth", child.birthMonth}, {"walker", child.walker}});
    }
    json record{{"id", booking.id},
                {"facility", booking.facility},
                {"office", booking.office},
                {"places", std::move(places)},
                {"children", std::move(children)},
                {"known", booking.known},
                {"bookedBy",
                 {{"account", booking.bookedBy.account},
                  {"name", booking.bookedBy.name},
                  {"phone", booking.bookedBy.phone}}},
                {"care", name(booking.care)},
                {"caseRef", booking.caseRef},
                {"commune", booking.commune},
                {"contact", booking.sealedContact}};
    if (booking.purpose) record["purpose"] = name(*booking.purpose);
    return record;
}

Booking bookingFromRecord(const json& record) {
    Booking booking;
    booking.id = textOf(record, "id");
    booking.facility = textOf(record, "facility");
    booking.office = textOf(record, "office");
    booking.state = known(bookingStateFrom(textOf(record, "state")));
    for (const auto& place : record.at("places")) booking.places.push_back(placeFrom(place));
    for (const auto& child : record.at("children")) {
        booking.children.push_back({textOf(child, "birthMonth"), child.at("walker").get<bool>()});
    }
    booking.known = record.at("known").get<bool>();
    const json& booker = record.at("bookedBy");
    booking.bookedBy = {textOf(booker, "account"), textOf(booker, "name"), textOf(booker, "phone")};
    ifPresent(record, "seenAt", [&](const json& at) { booking.seenAt = instantOf(at); });
    booking.care = known(careFrom(textOf(record, "care")));
    ifPresent(record, "purpose",
              [&](const json& purpose) { booking.purpose = known(purposeFrom(textOf(purpose))); });
    booking.caseRef = textOf(record, "caseRef");
    booking.commune = textOf(record, "commune");
    booking.sealedContact = textOf(record, "contact");
    booking.createdAt = instantOf(record.at("createdAt"));
    ifPresent(record, "expiresAt", [&](const json& at) { booking.expiresAt = instantOf(at); });
    booking.version = record.at("version").get<std::int64_t>();
    return booking;
}

}  // namespace placette::redis
