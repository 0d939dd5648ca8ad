#include "websocket.hpp"

#include <stdexcept>

namespace load {

namespace {

std::uint64_t big_endian(std::string_view bytes) {
    std::uint64_t value = 0;
    for (const char byte : bytes) value = value << 8 | static_cast<std::uint8_t>(byte);
    return value;
}

void append_big_endian(std::string& out, std::uint64_t value, int bytes) {
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) out += static_cast<char>(value >> shift);
}

constexpr std::size_t two_bytes_follow = 126, eight_bytes_follow = 127;

}  // namespace

std::optional<FrameHead> read_head(std::string_view bytes) {
    if (bytes.size() < 2) return std::nullopt;
    if (bytes[1] & 0x80) throw std::runtime_error("a server must not mask its frames");
    FrameHead head{static_cast<Opcode>(bytes[0] & 0x0f), 2, static_cast<std::uint64_t>(bytes[1] & 0x7f)};
    const std::size_t more = head.length == two_bytes_follow ? 2 : head.length == eight_bytes_follow ? 8 : 0;
    if (bytes.size() < head.size + more) return std::nullopt;
    if (more > 0) head.length = big_endian(bytes.substr(2, more));
    head.size += more;
    return head;
}

void append_frame(std::string& out, Opcode opcode, std::string_view payload) {
    constexpr int masked = 0x80, last = 0x80;
    out += static_cast<char>(last | static_cast<int>(opcode));
    if (payload.size() < two_bytes_follow) {
        out += static_cast<char>(masked | payload.size());
    } else if (payload.size() < 65536) {
        out += static_cast<char>(masked | two_bytes_follow);
        append_big_endian(out, payload.size(), 2);
    } else {
        out += static_cast<char>(masked | eight_bytes_follow);
        append_big_endian(out, payload.size(), 8);
    }
    out.append(4, '\0');
    out += payload;
}

std::string upgrade_request(std::string_view host, std::string_view path, std::string_view headers) {
    std::string request = "GET ";
    request.append(path).append(" HTTP/1.1\r\nHost: ").append(host);
    // The key only guards against caches between; there is none.
    request +=
        "\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
        "Sec-WebSocket-Key: cGxhY2V0dGUgbG9hZCBydQ==\r\n";
    return request.append(headers).append("\r\n");
}

}  // namespace load
