// Whose bookings a call is about: those of one facility or of one office, or all of the account's own. An
// office may serve several territories, and each has its own log: so they are told apart by territory.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "hub/filter.hpp"
#include "protocol/params.hpp"
#include "service/method.hpp"

namespace placette::service {

struct BookingsOf {  // as it is asked; one that is not named is any of the account's own
    std::optional<std::string> facility, office, territory;
};
BookingsOf readBookingsOf(Params&);

struct BookingScope {
    std::vector<hub::BookingFilter> filters;  // by territory; none of them is empty
    std::vector<std::string> whose;           // the facilities and offices asked for
};
// No filters: nothing is named, and nothing is the account's own.
Result<BookingScope> bookingScope(const Directory&, const identity::Account&, const BookingsOf&);

}  // namespace placette::service
