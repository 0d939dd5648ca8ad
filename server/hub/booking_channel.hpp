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

class BookingChannel : public Channel {
public:
    BookingChannel(BookingFilter, std::string epoch, OpenContact);

    bool personal() const override { return true; }

    // The last state of each booking that changed after `told`, as a JSON array.
    static std::string changedSince(const Ring&, const BookingFilter&, const OpenContact&, std::int64_t told);
    static void encodeBooking(std::string& out, const BookingFilter&, const Booking&, const OpenContact&,
                              std::optional<Instant> now);

private:
    bool matches(const redis::LogEntry&) const override;
    std::vector<Shared> encode(const std::vector<const redis::LogEntry*>&, std::int64_t from) const override;

    BookingFilter filter_;
    OpenContact open_;
};

}  // namespace placette::hub
