// Contacts of families are stored encrypted (libsodium's XChaCha20-Poly1305); the key stays outside Redis.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "identity/secrets.hpp"

namespace placette::identity {

class Cipher {
public:
    Cipher(const Cipher&) = default;
    ~Cipher();  // nothing of the key stays in memory

    // Reads the key from the file, or makes it (mode 600) where there is none. Throws std::runtime_error at
    // start-up.
    static Cipher fromFile(const std::filesystem::path&);

    std::string seal(std::string_view plain) const;                  // base64 of nonce and ciphertext
    std::optional<std::string> open(std::string_view sealed) const;  // nullopt: not ours, or damaged

    // A key of its own for each purpose; from none of them can the others be told.
    secrets::Key keyFor(std::string_view purpose) const;

private:
    Cipher() = default;

    secrets::Key key_{};
};

}  // namespace placette::identity
