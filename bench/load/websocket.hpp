// RFC 6455 as a client needs it: the upgrade, the head of a frame, a frame of its own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace load {

enum class Opcode : std::uint8_t { continuation = 0, text = 1, binary = 2, close = 8, ping = 9, pong = 10 };

struct FrameHead {
    Opcode opcode{};
    std::size_t size = 0;      // of the head
    std::uint64_t length = 0;  // of what follows it
};

std::optional<FrameHead> read_head(std::string_view bytes);  // none: more bytes are needed

// Masked with zeros: lawful, and the payload stays as it is.
void append_frame(std::string& out, Opcode, std::string_view payload);

// `headers`: lines of their own, each ended by CRLF.
std::string upgrade_request(std::string_view host, std::string_view path, std::string_view headers);

}  // namespace load
