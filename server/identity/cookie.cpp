#include "identity/cookie.hpp"

#include "identity/accounts.hpp"

namespace placette::identity {

namespace {

constexpr std::string_view cookieName = "placette_session";

std::string header(std::string_view value, std::chrono::seconds lifetime, bool secure) {
    std::string text(cookieName);
    text += '=';
    text += value;
    text += "; Path=/; HttpOnly; SameSite=Lax; Max-Age=" + std::to_string(lifetime.count());
    if (secure) text += "; Secure";
    return text;
}

std::string_view trimmed(std::string_view text) {
    while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

}  // namespace

std::string cookieHeader(std::string_view secret, bool secure) {
    return header(secret, sessionLifetime, secure);
}

std::string expiredCookieHeader(bool secure) {
    return header({}, std::chrono::seconds{0}, secure);
}

std::optional<std::string> cookieFrom(std::string_view header) {
    while (!header.empty()) {
        const auto end = header.find(';');
        const auto pair = trimmed(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == cookieName)
            return std::string(pair.substr(equals + 1));
    }
    return std::nullopt;
}

}  // namespace placette::identity
