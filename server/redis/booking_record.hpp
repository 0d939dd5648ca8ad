// Bookings as JSON records of the store. Absent fields stand for what is not known (yet).
#pragma once

#include <nlohmann/json_fwd.hpp>

#include "placette/domain/booking.hpp"

namespace placette::redis {

nlohmann::json newRecord(const Booking&);          // without what the functions set: state, dates, version
Booking bookingFromRecord(const nlohmann::json&);  // throws on a record of another layout
Instant instantOf(const nlohmann::json& millis);

}  // namespace placette::redis
