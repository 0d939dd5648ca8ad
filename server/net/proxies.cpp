#include "net/proxies.hpp"

#include <algorithm>
#include <optional>
#include <string_view>

namespace placette::net {

namespace {

using asio::ip::make_network_v4;
using asio::ip::make_network_v6;

template <class Network, class Address>
bool contains(const Network& network, const Address& address) {
    return Network(address, network.prefix_length()).canonical() == network.canonical();
}

std::string withPrefix(const std::string& text) {
    if (text.find('/') != std::string::npos) return text;
    return text + (text.find(':') == std::string::npos ? "/32" : "/128");
}

std::string_view trimmed(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

// "192.0.2.1", "192.0.2.1:8080", "[2001:db8::1]:8080", with or without quotes.
std::optional<Address> addressIn(std::string_view text) {
    text = trimmed(text);
    if (text.size() >= 2 && text.front() == '"' && text.back() == '"') text = text.substr(1, text.size() - 2);
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        text = end == std::string_view::npos ? std::string_view() : text.substr(1, end - 1);
    } else if (std::ranges::count(text, ':') == 1) {
        text = text.substr(0, text.find(':'));
    }
    ErrorCode error;
    auto address = asio::ip::make_address(std::string(text), error);
    if (error) return std::nullopt;
    if (address.is_v6() && address.to_v6().is_v4_mapped())
        return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6());
    return address;
}

// The value of `for`, or nothing.
std::string_view forIn(std::string_view element) {
    while (!element.empty()) {
        const auto end = element.find(';');
        const auto pair = trimmed(element.substr(0, end));
        element = end == std::string_view::npos ? std::string_view() : element.substr(end + 1);
        const auto equals = pair.find('=');
        if (equals == std::string_view::npos) continue;
        const auto name = pair.substr(0, equals);
        if (beast::iequals({name.data(), name.size()}, "for")) return pair.substr(equals + 1);
    }
    return {};
}

// Of a header that may stand several times: all its elements, in their order.
std::vector<std::string_view> elementsOf(const Request& request, beast::string_view name) {
    std::vector<std::string_view> all;
    const auto lines = request.equal_range(name);
    for (auto line = lines.first; line != lines.second; ++line) {
        std::string_view rest(line->value().data(), line->value().size());
        for (bool more = true; more;) {
            const auto end = rest.find(',');
            all.push_back(rest.substr(0, end));
            more = end != std::string_view::npos;
            if (more) rest = rest.substr(end + 1);
        }
    }
    return all;
}

}  // namespace

bool Proxies::isNetwork(const std::string& text) {
    ErrorCode four, six;
    make_network_v4(withPrefix(text), four);
    make_network_v6(withPrefix(text), six);
    return !four || !six;
}

Proxies::Proxies(const std::vector<std::string>& trusted) {
    for (const auto& text : trusted) {
        ErrorCode error;
        const auto network = make_network_v4(withPrefix(text), error);
        if (error)
            networks_.emplace_back(make_network_v6(withPrefix(text)));
        else
            networks_.emplace_back(network);
    }
}

bool Proxies::trusts(const Address& address) const {
    return std::ranges::any_of(networks_, [&](const Network& network) {
        if (const auto* four = std::get_if<asio::ip::network_v4>(&network))
            return address.is_v4() && contains(*four, address.to_v4());
        return address.is_v6() && contains(std::get<asio::ip::network_v6>(network), address.to_v6());
    });
}

Address Proxies::clientOf(const Address& peer, const Request& request) const {
    if (!trusts(peer)) return peer;
    const Address nobody;  // 0.0.0.0
    const auto lastOf = [&](beast::string_view header, auto valueOf) -> std::optional<Address> {
        const auto elements = elementsOf(request, header);
        if (elements.empty()) return std::nullopt;
        auto client = peer;
        for (auto element = elements.rbegin(); element != elements.rend() && trusts(client); ++element) {
            const auto address = addressIn(valueOf(*element));
            if (!address) return nobody;
            client = *address;
        }
        return client;
    };
    const auto forwarded = lastOf("Forwarded", forIn);
    const auto listed = lastOf("X-Forwarded-For", [](std::string_view element) { return element; });
    if (forwarded && listed && *forwarded != *listed) return nobody;
    return forwarded.value_or(listed.value_or(peer));
}

std::string networkOf(const Address& address) {
    if (address.is_v4()) return address.to_string();
    return asio::ip::network_v6(address.to_v6(), 64).canonical().to_string();
}

}  // namespace placette::net
