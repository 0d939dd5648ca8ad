// What all changes of an existing booking have in common: they read it to know whose it is, and then write.
#pragma once

#include <functional>
#include <string>

#include "protocol/params.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

struct BookingChange {
    // The parameters beside `booking` and `key`.
    std::function<Command(Params&, const std::string& booking)> read;
    // What is refused once the booking is known; may complete the command.
    std::function<std::optional<Problem>(Command&, const ScopedBooking&)> check = {};
};
Awaitable<Answer> changeBooking(Environment&, Caller&, Call, BookingChange);

}  // namespace placette::service
