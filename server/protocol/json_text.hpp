// JSON as text at once: quick, and the order of the members is ours.
#pragma once

#include <string>
#include <string_view>
#include <utility>

#include "protocol/encode.hpp"
#include "protocol/text_pieces.hpp"

namespace placette::encode {

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

inline void texts(std::string& out, const std::vector<std::string>& values) {
    array(out, values, text);
}

// Empty stands for "not given".
inline std::optional<Escaped> escapedOrNull(std::string_view value) {
    return value.empty() ? std::nullopt : std::make_optional(Escaped{value});
}

// An object, member by member; nothing else is appended to the text before its end().
class Object {
public:
    explicit Object(std::string& out) : out_(out) { out_ += '{'; }

    template <class... Pieces>
    std::string& member(std::string_view name, const Pieces&... value) {  // or its value is to be appended
        append(out_, std::string_view(",").substr(std::exchange(first_, false) ? 1 : 0), '"', name, R"(":)",
               value...);
        return out_;
    }
    void text(std::string_view name, std::string_view value) { member(name, Escaped{value}); }
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
