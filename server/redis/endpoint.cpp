#include <charconv>

#include "redis/client.hpp"

namespace placette::redis {
namespace {

template <class Number>
bool parseNumber(std::string_view text, Number& number) {
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    return error == std::errc{} && end == text.data() + text.size();
}

bool take(std::string_view& text, std::string_view prefix) {
    if (!text.starts_with(prefix)) return false;
    text.remove_prefix(prefix.size());
    return true;
}

std::string decodePercent(std::string_view text) {
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        unsigned char byte = 0;
        if (text[i] == '%' && i + 2 < text.size()) {
            const auto [end, error] = std::from_chars(&text[i + 1], &text[i + 1] + 2, byte, 16);
            if (error == std::errc{} && end == &text[i + 1] + 2) {
                decoded += static_cast<char>(byte);
                i += 2;
                continue;
            }
        }
        decoded += text[i];
    }
    return decoded;
}

// "host", "host:port", "[v6]", "[v6]:port"
bool parseHost(std::string_view text, Endpoint& endpoint) {
    std::string_view port;
    if (take(text, "[")) {
        const auto end = text.find(']');
        if (end == std::string_view::npos) return false;
        endpoint.host = text.substr(0, end);
        port = text.substr(end + 1);
    } else {
        const auto colon = text.find(':');
        endpoint.host = text.substr(0, colon);
        if (colon != std::string_view::npos) port = text.substr(colon);
    }
    if (endpoint.host.empty()) return false;
    return port.empty() || (take(port, ":") && parseNumber(port, endpoint.port) && endpoint.port > 0);
}

}  // namespace

tl::expected<Endpoint, std::string> parseEndpoint(std::string_view url) {
    const auto refuse = [&] {
        return tl::unexpected(std::string(
            "not a Redis address: expected unix:///path or redis://[:password@]host[:port][/database]"));
    };
    Endpoint endpoint;
    if (take(url, "unix://")) {
        if (!url.starts_with('/')) return refuse();
        endpoint.socket = url;
        return endpoint;
    }
    if (!take(url, "redis://")) return refuse();
    if (const auto at = url.rfind('@'); at != std::string_view::npos) {
        std::string_view password = url.substr(0, at);
        if (!take(password, ":")) return refuse();
        endpoint.password = decodePercent(password);
        url.remove_prefix(at + 1);
    }
    if (const auto slash = url.find('/'); slash != std::string_view::npos) {
        const auto database = url.substr(slash + 1);
        if (!database.empty() && (!parseNumber(database, endpoint.database) || endpoint.database < 0))
            return refuse();
        url = url.substr(0, slash);
    }
    if (!parseHost(url, endpoint)) return refuse();
    return endpoint;
}

}  // namespace placette::redis
