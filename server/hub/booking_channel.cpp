#include "hub/booking_channel.hpp"

#include <algorithm>
#include <map>

#include "protocol/json_text.hpp"

namespace placette::hub {

namespace {

bool sees(const std::vector<std::string>& sorted, const std::string& id) {
    return std::ranges::binary_search(sorted, id);
}

bool covers(const BookingFilter& filter, const Booking& booking) {
    return sees(filter.offices, booking.office) || sees(filter.facilities, booking.facility);
}

struct LastState {
    const Booking* booking;
    std::int64_t offset;
};

}  // namespace

Date firstDayOfBookings(const date::time_zone& zone, Instant now) {
    return localDate(now, zone) - date::days{1};
}

BookingChannel::BookingChannel(std::string id, BookingFilter filter, std::string epoch, OpenContact open)
    : Channel(std::move(id), filter.territory, std::move(epoch)),
      filter_(std::move(filter)),
      open_(std::move(open)) {}

bool BookingChannel::moveTo(Date first) {
    if (first <= from()) return false;
    std::string text;
    encode::append(text, R"({"jsonrpc":"2.0","method":"booking.window","params":{"subscription":")", id(),
                   R"(","territory":")", territory(), R"(","from":)", encode::Quoted{first}, "}}");
    move(first, shared(std::move(text)));
    return true;
}

bool BookingChannel::matches(const redis::LogEntry& entry) const {
    return std::ranges::any_of(entry.bookings,
                               [&](const Booking& booking) { return covers(filter_, booking); });
}

void BookingChannel::encodeBooking(std::string& out, const BookingFilter& filter, const Booking& booking,
                                   const OpenContact& open, std::optional<Instant> now) {
    const auto audience =
        sees(filter.offices, booking.office) ? encode::Audience::office : encode::Audience::facility;
    encode::booking(out, booking, audience, open(booking), now);
}

std::vector<Shared> BookingChannel::notifications(const Changes& changes, std::int64_t) const {
    std::map<std::string_view, LastState> last;
    for (const auto* change : changes)
        for (const auto& booking : change->entry.bookings)
            if (covers(filter_, booking)) last[booking.id] = {&booking, change->entry.offset};
    std::vector<LastState> inOrder;
    for (const auto& [id, state] : last) inOrder.push_back(state);
    std::ranges::stable_sort(inOrder, {}, &LastState::offset);

    std::vector<Shared> notifications;
    for (const auto& [booking, offset] : inOrder) {
        std::string text;
        encode::append(text, R"({"jsonrpc":"2.0","method":"booking.changed","params":{"subscription":")",
                       id(), R"(","territory":")", territory(), R"(","epoch":")", epoch(), R"(","offset":)",
                       offset, R"(,"booking":)");
        encodeBooking(text, filter_, *booking, open_, std::nullopt);
        notifications.push_back(shared(std::move(text += "}}")));
    }
    return notifications;
}

std::string BookingChannel::lastStates(const Changes& changes) const {
    std::map<std::string_view, const Booking*> last;
    for (const auto* change : changes)
        for (const auto& booking : change->entry.bookings)
            if (covers(filter_, booking)) last[booking.id] = &booking;
    std::string out = "[";
    for (const auto& [id, booking] : last) {
        if (out.size() > 1) out += ',';
        encodeBooking(out, filter_, *booking, open_, std::nullopt);
    }
    return out += ']';
}

}  // namespace placette::hub
