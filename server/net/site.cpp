#include "net/site.hpp"

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

}  // namespace placette::net
