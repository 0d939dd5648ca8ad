#pragma once

#include <arpa/inet.h>

#include <stdexcept>
#include <string>

namespace load {

inline sockaddr_in to_address(const std::string& text) {
    const auto colon = text.rfind(':');
    sockaddr_in address{};
    address.sin_family = AF_INET;
    if (colon == text.npos || inet_pton(AF_INET, text.substr(0, colon).c_str(), &address.sin_addr) != 1)
        throw std::runtime_error("not an address like 127.0.0.1:8080: " + text);
    address.sin_port = htons(static_cast<in_port_t>(std::stoi(text.substr(colon + 1))));
    return address;
}

inline std::string to_text(const sockaddr_in& address) {
    char host[INET_ADDRSTRLEN];
    inet_ntop(AF_INET, &address.sin_addr, host, sizeof host);
    return std::string(host) + ':' + std::to_string(ntohs(address.sin_port));
}

}  // namespace load
