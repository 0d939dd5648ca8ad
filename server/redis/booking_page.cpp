#include "redis/booking_page.hpp"

#include "protocol/json_text.hpp"

namespace placette::redis {

FunctionCall encode(const BookingFilter& filter) {
    FunctionCall call;
    call.function = "bookings";
    call.readOnly = true;
    encode::Object request(call.arguments);
    request.text("by", filter.facility ? "facility" : "office");
    request.text("of", filter.facility ? *filter.facility : filter.office.value_or(""));
    request.member("limit", filter.limit);
    if (filter.from) request.member("from", encode::Quoted{*filter.from});
    if (filter.to) request.member("to", encode::Quoted{*filter.to});
    if (!filter.states.empty()) {
        encode::Object states(request.member("states"));
        for (const BookingState state : filter.states) states.member(name(state), true);
        states.end();
    }
    if (!filter.cursor.empty()) request.text("cursor", filter.cursor);
    request.end();
    return call;
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
