// What a booking becomes with the outcomes of its places.
#pragma once

#include "placette/domain/booking.hpp"

namespace placette {

// A booking ends with its last place: attended if any was, else no-show if any, else as its last one was
// cancelled.
BookingState stateFromPlaces(const Booking&, BookingState cancelled);

}  // namespace placette
