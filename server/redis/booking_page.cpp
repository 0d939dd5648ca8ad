#include "redis/booking_page.hpp"

#include <nlohmann/json.hpp>

namespace placette::redis {

FunctionCall encode(const BookingFilter& filter) {
    nlohmann::json request{{"by", filter.facility ? "facility" : "office"},
                           {"of", filter.facility ? *filter.facility : filter.office.value_or("")},
                           {"limit", filter.limit}};
    if (filter.from) request["from"] = toText(*filter.from);
    if (filter.to) request["to"] = toText(*filter.to);
    for (const BookingState state : filter.states) request["states"][std::string(name(state))] = true;
    if (!filter.cursor.empty()) request["cursor"] = filter.cursor;
    return {"bookings", request.dump(), true};
}

BookingPage decodePage(const Reply& reply) {
    BookingPage page;
    page.offset = reply.items.at(0).integer;
    page.cursor = reply.items.at(1).text;
    for (std::size_t i = 2; i < reply.items.size(); ++i)
        page.bookings.push_back(decodeBooking(reply.items[i].text));
    return page;
}

}  // namespace placette::redis
