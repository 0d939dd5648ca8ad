// Secrets that are handed out once, and the hashes that are kept of them.
// Tokens and cookies carry 256 random bits, so that a plain hash of them gives nothing away; one-time codes
// are short enough to be read out, and are therefore kept like passwords (passwords.hpp).
#pragma once

#include <string>
#include <string_view>

namespace placette::identity::secrets {

void initialise();  // libsodium; throws std::runtime_error. Repeatable

std::string newToken();   // "plt_" and 43 characters: recognisable in a leaked file
std::string newCookie();  // "pls_" and 43 characters
std::string newCode();    // "K7QM-2XPD": no characters that look alike

std::string canonicalCode(std::string_view typed);  // as compared: upper case, without spaces and hyphens
std::string hash(std::string_view text);            // BLAKE2b-256, 64 hexadecimal digits

}  // namespace placette::identity::secrets
