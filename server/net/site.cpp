#include "net/site.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>

namespace placette::net {

bool isLoopbackHost(std::string_view host) {
    if (!host.starts_with('['))
        host = host.substr(0, host.find(':'));
    else if (const auto end = host.find(']'); end != std::string_view::npos)
        host = host.substr(0, end + 1);
    return host == "localhost" || host == "127.0.0.1" || host == "[::1]";
}

std::string Site::originFor(std::string_view host) const {
    const auto& url = environment.settings.publicUrl;
    if (!url.empty()) return url;
    return isLoopbackHost(host) ? "http://" + std::string(host) : std::string();
}

void Site::tellRefusedOrigin(std::string_view origin, std::string_view expected) {
    const auto now = std::chrono::steady_clock::now();
    if (originTold != decltype(originTold){} && now - originTold < std::chrono::minutes{1}) return;
    originTold = now;
    std::string shown(origin.substr(0, 100));  // anybody may send anything
    std::ranges::replace_if(
        shown, [](char c) { return c <= ' ' || c > '~'; }, '?');
    spdlog::warn("a sign-in from the pages of {} was refused: {}", shown,
                 expected.empty() ? "--public-url is not set" : "--public-url is " + std::string(expected));
}

}  // namespace placette::net
