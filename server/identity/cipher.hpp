// Contacts of families are stored encrypted (libsodium's XChaCha20-Poly1305); the key stays outside Redis.
#pragma once

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

namespace placette::identity {

class Cipher {
public:
    // Reads the key from the file, or makes it (mode 600) where there is none. Throws std::runtime_error at
    // start-up.
    static Cipher fromFile(const std::filesystem::path&);

    std::string seal(std::string_view plain) const;                  // base64 of nonce and ciphertext
    std::optional<std::string> open(std::string_view sealed) const;  // nullopt: not ours, or damaged

private:
    std::array<unsigned char, 32> key_{};
};

}  // namespace placette::identity
