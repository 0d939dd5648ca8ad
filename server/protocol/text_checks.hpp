// What texts of the wire may look like: the patterns of the schemas, by hand.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace placette {

constexpr bool isDigit(char c) {
    return c >= '0' && c <= '9';
}
constexpr bool isLower(char c) {
    return c >= 'a' && c <= 'z';
}
constexpr bool isUpper(char c) {
    return c >= 'A' && c <= 'Z';
}

template <class Fits>
constexpr bool consistsOf(std::string_view text, std::size_t max, Fits fits) {
    return !text.empty() && text.size() <= max && std::ranges::all_of(text, fits);
}

constexpr bool isId(std::string_view text) {
    return consistsOf(text, 64, [](char c) { return isLower(c) || isDigit(c) || c == '-'; });
}

constexpr bool isTerritoryId(std::string_view text) {
    return consistsOf(text, 32, [](char c) { return isLower(c) || isUpper(c) || isDigit(c) || c == '-'; });
}

constexpr bool isInsee(std::string_view text) {  // "21292", in Corsica "2A004"
    if (text.size() != 5) return false;
    const auto rest = text.starts_with("2A") || text.starts_with("2B") ? text.substr(2) : text;
    return std::ranges::all_of(rest, isDigit);
}

constexpr bool isMonth(std::string_view text) {  // "2025-03"
    if (text.size() != 7 || text[4] != '-') return false;
    const auto month = text.substr(5);
    return std::ranges::all_of(text.substr(0, 4), isDigit) && std::ranges::all_of(month, isDigit) &&
           month >= "01" && month <= "12";
}

// In code points; the text is valid UTF-8, the JSON parser has seen to that.
constexpr std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

constexpr bool isPrintable(std::string_view text) {
    return std::ranges::none_of(text,
                                [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

}  // namespace placette
