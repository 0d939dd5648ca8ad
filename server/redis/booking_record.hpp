// Bookings as JSON records of the store. Absent fields stand for what is not known (yet).
#pragma once

#include <string>

#include "placette/domain/booking.hpp"
#include "redis/record.hpp"

namespace placette::redis {

void appendNewRecord(std::string& out,
                     const Booking&);  // without what the functions set: id, state, dates, version
Booking bookingFrom(Value record);     // throws on a record of another layout

}  // namespace placette::redis
