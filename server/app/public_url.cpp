#include "app/public_url.hpp"

#include <boost/url/src.hpp>  // the library itself: Debian has its headers beside the rest of Boost

namespace placette::app {

tl::expected<std::string, std::string> originOf(std::string_view text) {
    const auto wrong = [&](const char* what) {
        return tl::unexpected(std::string(text) + ": " + what + "; e.g. https://places.example.fr");
    };
    const auto parsed = boost::urls::parse_uri({text.data(), text.size()});
    if (!parsed) return wrong("is no URL");
    boost::urls::url url(*parsed);
    url.normalize();
    const bool secure = url.scheme_id() == boost::urls::scheme::https;
    if (!secure && url.scheme_id() != boost::urls::scheme::http)
        return wrong("begins with neither http:// nor https://");
    if (url.encoded_host().empty()) return wrong("has no host");
    if (url.has_userinfo()) return wrong("has a user name");
    if (!url.encoded_path().empty() && url.encoded_path() != "/")
        return wrong("has a path, and Placette is served at the root");
    if (url.has_query() || url.has_fragment()) return wrong("has more than a host and a port");
    const std::string port(url.port());
    if (!port.empty() && (port.size() > 5 || std::stoi(port) == 0 || std::stoi(port) > 65535))
        return wrong("has a port that cannot be");
    std::string origin = secure ? "https://" : "http://";
    origin += std::string(url.encoded_host());
    if (!port.empty() && std::stoi(port) != (secure ? 443 : 80))
        origin += ':' + std::to_string(std::stoi(port));
    return origin;
}

}  // namespace placette::app
