#include "hub/filter.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>

namespace placette::hub {

namespace {

// SipHash with a key of this process: nobody can choose a filter that is taken for another's, which may be
// private.
std::string hashed(const std::string& text) {
    static const auto key = [] {
        std::array<unsigned char, crypto_shorthash_siphashx24_KEYBYTES> random{};
        randombytes_buf(random.data(), random.size());
        return random;
    }();
    std::array<unsigned char, crypto_shorthash_siphashx24_BYTES> hash{};
    crypto_shorthash_siphashx24(hash.data(), reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                                key.data());
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
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

std::string idOf(const std::vector<BookingFilter>& filters) {
    std::string text = "bookings";
    for (const auto& filter : filters) {
        text += '|' + filter.territory;
        append(text, filter.facilities);
        append(text, filter.offices);
    }
    return hashed(text);
}

}  // namespace placette::hub
