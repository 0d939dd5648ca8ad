// What a subscriber watches. Equal filters share an id, and with it frames and snapshots.
#pragma once

#include <compare>
#include <string>
#include <vector>

#include "placette/domain/time.hpp"

namespace placette::hub {

struct BoardFilter {
    std::string territory;
    Date from{};
    int days = 1;                         // 1..31
    std::vector<std::string> facilities;  // sorted, distinct; empty: all
    auto operator<=>(const BoardFilter&) const = default;

    std::string id() const;  // hash: the wire's `subscription`
    bool covers(const std::string& facility, Date) const;
};

// Bookings of some facilities (seen with the facility's eyes) and of some offices (with the office's) in one
// territory. What is followed in several is one subscription with a filter for each.
struct BookingFilter {
    std::string territory;
    std::vector<std::string> facilities, offices;  // sorted, distinct
    auto operator<=>(const BookingFilter&) const = default;
};
std::string idOf(const std::vector<BookingFilter>&);  // by territory

}  // namespace placette::hub
