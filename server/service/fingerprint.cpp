#include "service/fingerprint.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <boost/container/small_vector.hpp>
#include <cmath>
#include <cstdint>
#include <cstring>

#include "protocol/text_pieces.hpp"

namespace placette::service {

namespace {

using simdjson::dom::element_type;

// Not JSON: escapes would cost, and tell nothing more. A text's length comes first, as it is in memory: two
// beside each other cannot pass for others.
void append(std::string& out, std::string_view text) {
    const auto size = static_cast<std::uint32_t>(text.size());
    char bytes[1 + sizeof size] = {'"'};
    std::memcpy(bytes + 1, &size, sizeof size);
    out.append(bytes, sizeof bytes);
    out.append(text);
}

void append(std::string& out, Json::Value value);

// In the order of their names.
void appendMembers(std::string& out, simdjson::dom::object object,
                   std::span<const std::string_view> without) {
    using Member = std::pair<std::string_view, Json::Value>;
    boost::container::small_vector<Member, 16> members;
    for (const auto& [name, value] : object)
        if (std::ranges::find(without, name) == without.end()) members.emplace_back(name, value);
    std::ranges::sort(members, {}, &Member::first);
    out += '{';
    for (const auto& [name, value] : members) {
        append(out, name);
        append(out, value);
    }
    out += '}';
}

void append(std::string& out, Json::Value value) {
    switch (value.type()) {
        case element_type::OBJECT:
            return appendMembers(out, value.get_object(), {});
        case element_type::ARRAY:
            out += '[';
            for (const Json::Value item : simdjson::dom::array(value.get_array())) append(out, item);
            out += ']';
            return;
        case element_type::STRING:
            return append(out, value.get_string().value());
        case element_type::INT64:
            return encode::append(out, value.get_int64().value(), ';');
        case element_type::UINT64:
            return encode::append(out, value.get_uint64().value(), ';');
        case element_type::DOUBLE: {  // 3.0 is 3
            const auto number = value.get_double().value();
            if (number == std::trunc(number) && std::abs(number) < 1e15)
                return encode::append(out, static_cast<std::int64_t>(number), ';');
            return encode::append(out, number, ';');
        }
        case element_type::BOOL:
            return encode::append(out, value.get_bool().value(), ';');
        default:
            out += "null;";
    }
}

// Records of before, without the "k", were not keyed.
std::string hashed(const std::string& text, const identity::secrets::Key& key) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), key.data(), key.size());
    std::string hex(1 + 2 * hash.size() + 1, 'k');
    sodium_bin2hex(hex.data() + 1, hex.size() - 1, hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

}  // namespace

std::string fingerprint(std::string_view method, Json::Value params, const identity::secrets::Key& key,
                        std::span<const std::string_view> without) {
    std::string text;
    append(text, method);
    if (params.is_object())
        appendMembers(text, params.get_object(), without);
    else
        append(text, params);
    return hashed(text, key);
}

}  // namespace placette::service
