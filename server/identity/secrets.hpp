// Secrets that are handed out once, and the hashes that are kept of them.
// Tokens and cookies carry 256 random bits, so that a plain hash of them gives nothing away; one-time codes
// are short enough to be read out, and are therefore kept like passwords (passwords.hpp).
#pragma once

#include <array>
#include <string>
#include <string_view>

namespace placette::identity::secrets {

void initialise();  // libsodium; throws std::runtime_error. Repeatable

std::string newToken();   // "plt_" and 43 characters: recognisable in a leaked file
std::string newCookie();  // "pls_" and 43 characters
std::string newCode();    // "K7QM-2XPD": no characters that look alike

std::string newName(std::size_t size);  // hexadecimal digits: no secret, and never the same

using Key = std::array<unsigned char, 32>;

std::string canonicalCode(std::string_view typed);    // as compared: upper case, without spaces and hyphens
std::string hash(std::string_view text);              // BLAKE2b-256, 64 hexadecimal digits
std::string hash(std::string_view text, const Key&);  // that nobody can make, or try out, without the key
bool same(std::string_view, std::string_view);        // in a time that tells nothing

}  // namespace placette::identity::secrets
