// A channel of bookings: booking.changed, with the eyes of the facility or of the office.
#pragma once

#include <functional>
#include <optional>

#include "hub/channel.hpp"
#include "hub/filter.hpp"
#include "placette/domain/booking.hpp"
#include "protocol/encode.hpp"

namespace placette::hub {

using OpenContact = std::function<std::optional<encode::Contact>(const Booking&)>;

// Bookings are followed from the territory's yesterday on: what is to come, and what may still want its
// attendance.
Date firstDayOfBookings(const date::time_zone&, Instant);

class BookingChannel : public Channel {
public:
    BookingChannel(std::string id, BookingFilter, std::string epoch, OpenContact);

    bool personal() const override { return true; }
    bool moveTo(Date) override;

    static void encodeBooking(std::string& out, const BookingFilter&, const Booking&, const OpenContact&,
                              std::optional<Instant> now);

private:
    bool matches(const redis::LogEntry&) const override;
    std::vector<Shared> notifications(const Changes&, std::int64_t from) const override;
    std::string lastStates(const Changes&) const override;

    BookingFilter filter_;
    OpenContact open_;
};

}  // namespace placette::hub
