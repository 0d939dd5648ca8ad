// The cookies of browsers, as HTTP header values (RFC 6265): of the session, and of the device (devices.hpp).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace placette::identity {

enum class Cookie { session, device };

// For Set-Cookie. `secure`: the public URL is https; then no other host, and nobody on the way, can set it.
std::string cookieHeader(Cookie, std::string_view value, bool secure);
std::string expiredCookieHeader(Cookie, bool secure);  // makes the browser forget it
// Out of the request's Cookie header.
std::optional<std::string> cookieFrom(std::string_view header, Cookie, bool secure);

}  // namespace placette::identity
