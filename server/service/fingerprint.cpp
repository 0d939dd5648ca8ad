#include "service/fingerprint.hpp"

#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>

namespace placette::service {

namespace {

using nlohmann::json;

// Its length comes first: two texts beside each other cannot pass for others.
void append(std::string& out, std::string_view text) {
    out += std::to_string(text.size());
    out += ':';
    out += text;
}

// Members of a tree are in the order of their names. Not JSON: escapes would cost, and tell nothing more.
void append(std::string& out, const json& value) {
    if (value.is_object()) {
        out += '{';
        for (const auto& [name, member] : value.get_ref<const json::object_t&>()) {
            append(out, std::string_view(name));
            append(out, member);
        }
        out += '}';
    } else if (value.is_array()) {
        out += '[';
        for (const auto& item : value) append(out, item);
        out += ']';
    } else if (value.is_string()) {
        append(out, std::string_view(value.get_ref<const std::string&>()));
    } else if (value.is_number_unsigned()) {
        out += std::to_string(value.get<std::uint64_t>());
        out += ';';
    } else {
        out += value.dump();
        out += ';';
    }
}

std::string hashed(const std::string& text) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), nullptr, 0);
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

}  // namespace

std::string fingerprint(std::string_view method, const json& params) {
    std::string text;
    append(text, method);
    append(text, params);
    return hashed(text);
}

}  // namespace placette::service
