// Lists of bookings, page by page, in the order of their last day.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "placette/domain/booking.hpp"
#include "redis/codec.hpp"
#include "redis/reply.hpp"

namespace placette::redis {

struct BookingFilter {
    std::optional<std::string> facility, office;  // exactly one
    std::optional<Date> from, to;                 // any place within, both included
    std::vector<BookingState> states;             // empty: all
    std::string cursor;                           // as given by the page before; empty: from the start
    int limit = 100;
};
struct BookingPage {
    std::vector<Booking> bookings;
    std::string cursor;       // empty: the last page
    std::int64_t offset = 0;  // head of the log at which the page was read
};

FunctionCall encode(const BookingFilter&);
BookingPage decodePage(const Reply&);  // throws on an answer of another layout

}  // namespace placette::redis
