// What all changes of an existing booking have in common: they read it to know whose it is, and then write.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "protocol/json.hpp"
#include "protocol/params.hpp"
#include "service/scope.hpp"
#include "service/write.hpp"

namespace placette::service {

struct BookingChange {
    std::string_view method;
    Side side = Side::either;
    std::function<Command(Params&, const std::string& booking)> read;
    // What is refused once the booking is known; may complete the command.
    std::function<std::optional<Problem>(Command&, const ScopedBooking&)> check = {};
};
Awaitable<Answer> changeBooking(Environment&, Caller&, Json params, BookingChange);

}  // namespace placette::service
