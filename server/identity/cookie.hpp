// The session cookie of browsers, as HTTP header values (RFC 6265).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace placette::identity {

// For Set-Cookie. `secure`: the public URL is https.
std::string cookieHeader(std::string_view secret, bool secure);
std::string expiredCookieHeader(bool secure);                    // makes the browser forget it
std::optional<std::string> cookieFrom(std::string_view header);  // out of the request's Cookie header

}  // namespace placette::identity
