// A booking as it is answered: in the view of whoever asks, with its contact in clear.
#pragma once

#include <string>

#include "service/method.hpp"
#include "service/scope.hpp"

namespace placette::service {

void appendBooking(std::string& out, const Environment&, const Booking&, encode::Audience);
Parts changedBooking(const Environment&, const std::string& territory, const Outcome&, encode::Audience);

}  // namespace placette::service
