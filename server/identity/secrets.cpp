#include "identity/secrets.hpp"

#include <sodium.h>

#include <array>
#include <stdexcept>

namespace placette::identity::secrets {

namespace {

constexpr std::string_view readable = "23456789ABCDEFGHJKMNPQRSTUVWXYZ";

std::string random256(std::string_view prefix) {
    initialise();
    std::array<unsigned char, 32> bytes{};
    randombytes_buf(bytes.data(), bytes.size());
    constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
    std::array<char, sodium_base64_ENCODED_LEN(32, variant)> text{};
    sodium_bin2base64(text.data(), text.size(), bytes.data(), bytes.size(), variant);
    return std::string(prefix) + text.data();
}

std::string hashed(std::string_view text, const unsigned char* key, std::size_t keySize) {
    std::array<unsigned char, 32> digest{};
    crypto_generichash(digest.data(), digest.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), key, keySize);
    std::array<char, 65> hex{};
    sodium_bin2hex(hex.data(), hex.size(), digest.data(), digest.size());
    return hex.data();
}

}  // namespace

void initialise() {
    if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
}

std::string newToken() {
    return random256("plt_");
}
std::string newCookie() {
    return random256("pls_");
}

std::string newCode() {
    initialise();
    std::string code;
    for (int i = 0; i < 8; ++i) {
        if (i == 4) code += '-';
        code += readable[randombytes_uniform(static_cast<std::uint32_t>(readable.size()))];
    }
    return code;
}

std::string canonicalCode(std::string_view typed) {
    std::string code;
    for (const char c : typed) {
        if (c == ' ' || c == '-') continue;
        code += c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    return code;
}

std::string newName(std::size_t size) {
    initialise();
    std::string bytes(size / 2, '\0'), name(size + 1, '\0');
    randombytes_buf(bytes.data(), bytes.size());
    sodium_bin2hex(name.data(), name.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                   bytes.size());
    name.resize(size);
    return name;
}

std::string hash(std::string_view text) {
    return hashed(text, nullptr, 0);
}
std::string hash(std::string_view text, const Key& key) {
    return hashed(text, key.data(), key.size());
}

bool same(std::string_view one, std::string_view other) {
    return one.size() == other.size() && sodium_memcmp(one.data(), other.data(), one.size()) == 0;
}

}  // namespace placette::identity::secrets
