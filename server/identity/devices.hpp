// The browsers that have signed in to an account before: a cookie that only this server can have made says
// so. It opens nothing; but who guesses from elsewhere cannot keep the owner out (attempts.hpp), and the
// owner is served first.
#pragma once

#include <string>
#include <string_view>

#include "identity/cipher.hpp"
#include "identity/secrets.hpp"

namespace placette::identity {

class Devices {
public:
    explicit Devices(const Cipher& cipher) : key_(cipher.keyFor("devices")) {}

    // The name of the device, if its cookie was made for this account; else empty.
    std::string named(std::string_view cookie, const std::string& account) const;
    // What the cookie is to be after a sign-in: it keeps the last accounts of a shared computer.
    std::string remembering(std::string_view cookie, const std::string& account) const;

private:
    std::string markOf(const std::string& name, const std::string& account) const;

    secrets::Key key_;
};

}  // namespace placette::identity
