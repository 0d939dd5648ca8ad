// Appending JSON by hand: quick, and the order of the members is ours. The caller sees to the commas of
// arrays and gives values in pairs with their names.
#pragma once

#include <charconv>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

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

// An object, member by member; nothing else is appended to the text before its end().
class Object {
public:
    explicit Object(std::string& out) : out_(out) { out_ += '{'; }

    std::string& member(std::string_view name) {  // its value is to be appended
        if (!std::exchange(first_, false)) out_ += ',';
        plain(out_, name);
        out_ += ':';
        return out_;
    }
    void text(std::string_view name, std::string_view value) { encode::text(member(name), value); }
    void flag(std::string_view name, bool value) { encode::flag(member(name), value); }
    template <std::integral T>
    void number(std::string_view name, T value) {
        encode::number(member(name), value);
    }
    template <class Range, class Fill>
    void array(std::string_view name, const Range& values, Fill fill) {  // of objects
        encode::array(member(name), values, [&](std::string& out, const auto& value) {
            Object item(out);
            fill(item, value);
            item.end();
        });
    }
    void end() { out_ += '}'; }

private:
    std::string& out_;
    bool first_ = true;
};

}  // namespace placette::encode
