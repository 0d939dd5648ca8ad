// `placette doctor`: is the store well, and what is to be done if not.
#pragma once

#include <iosfwd>

#include "app/config.hpp"

namespace placette::app {

struct DoctorWish {
    bool verify = false;  // compare all counts with their bookings
    bool repair = false;  // and mend what differs
    bool giveUp = false;  // and the places of bookings that cannot be read any more
    bool json = false;
};

// The exit code: 0 where all is well, 1 where something is wrong.
int doctor(const StoreConfig&, DoctorWish, std::ostream&);

}  // namespace placette::app
