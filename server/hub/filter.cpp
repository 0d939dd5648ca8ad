#include "hub/filter.hpp"

#include <algorithm>
#include <cstdio>

namespace placette::hub {

namespace {

// FNV-1a, twice with different starts: 128 bits tell the few filters of a territory apart.
std::string hashed(const std::string& text) {
    std::uint64_t first = 0xcbf29ce484222325ULL, second = 0x84222325cbf29ce4ULL;
    for (const unsigned char c : text) {
        first = (first ^ c) * 0x100000001b3ULL;
        second = (second ^ (c + 0x9eU)) * 0x100000001b3ULL;
    }
    char out[33];
    std::snprintf(out, sizeof out, "%016llx%016llx", static_cast<unsigned long long>(first),
                  static_cast<unsigned long long>(second));
    return out;
}

void append(std::string& out, const std::vector<std::string>& names) {
    out += '|';
    for (const auto& name : names) out += name + ',';
}

}  // namespace

std::string BoardFilter::id() const {
    auto text = "board|" + territory + '|' + toText(from) + '|' + std::to_string(days);
    append(text, facilities);
    return hashed(text);
}

bool BoardFilter::covers(const std::string& facility, Date day) const {
    return from <= day && day < from + date::days{days} &&
           (facilities.empty() || std::ranges::binary_search(facilities, facility));
}

std::string BookingFilter::id() const {
    auto text = "bookings|" + territory;
    append(text, facilities);
    append(text, offices);
    return hashed(text);
}

}  // namespace placette::hub
