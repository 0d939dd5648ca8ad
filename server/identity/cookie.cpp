#include "identity/cookie.hpp"

#include "identity/accounts.hpp"

namespace placette::identity {

namespace {

constexpr std::chrono::hours deviceLifetime{400 * 24};  // as long as browsers keep any

std::string nameOf(Cookie cookie, bool secure) {
    const std::string name = cookie == Cookie::session ? "placette_session" : "placette_device";
    return secure ? "__Host-" + name : name;
}

std::string header(Cookie cookie, std::string_view value, std::chrono::seconds lifetime, bool secure) {
    auto text = nameOf(cookie, secure);
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

std::string cookieHeader(Cookie cookie, std::string_view value, bool secure) {
    const std::chrono::seconds lifetime = cookie == Cookie::session ? sessionLifetime : deviceLifetime;
    return header(cookie, value, lifetime, secure);
}

std::string expiredCookieHeader(Cookie cookie, bool secure) {
    return header(cookie, {}, std::chrono::seconds{0}, secure);
}

std::optional<std::string> cookieFrom(std::string_view header, Cookie cookie, bool secure) {
    const auto name = nameOf(cookie, secure);
    while (!header.empty()) {
        const auto end = header.find(';');
        const auto pair = trimmed(header.substr(0, end));
        header = end == std::string_view::npos ? std::string_view() : header.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return std::string(pair.substr(equals + 1));
    }
    return std::nullopt;
}

}  // namespace placette::identity
