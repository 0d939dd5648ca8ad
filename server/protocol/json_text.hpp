// Appending JSON by hand: quick, and the order of the members is ours. The caller sees to the commas of
// arrays and gives values in pairs with their names.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>

#include "protocol/encode.hpp"

namespace placette::encode {

template <std::integral T>
void number(std::string& out, T value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

inline void number(std::string& out, double value) {  // finite: JSON knows nothing else
    char digits[32];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

inline void flag(std::string& out, bool value) {
    out += value ? "true" : "false";
}

// Text that needs no escaping: ids, names of enumerations, dates.
inline void plain(std::string& out, std::string_view value) {
    out += '"';
    out += value;
    out += '"';
}

template <class T, class Append>
void orNull(std::string& out, const T& value, Append append) {
    if (value)
        append(out, *value);
    else
        out += "null";
}

inline void textOrNull(std::string& out, std::string_view value) {  // empty stands for "not given"
    if (value.empty())
        out += "null";
    else
        text(out, value);
}

template <class Range, class Append>
void array(std::string& out, const Range& values, Append append) {
    out += '[';
    bool first = true;
    for (const auto& value : values) {
        if (!first) out += ',';
        first = false;
        append(out, value);
    }
    out += ']';
}

}  // namespace placette::encode
