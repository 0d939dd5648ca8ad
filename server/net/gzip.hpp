// gzip (RFC 1952) put together from pieces that were compressed one by one: what many answers have in common
// is compressed once, whatever stands before and after it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "protocol/parts.hpp"

namespace placette::net {

struct Deflated {
    std::string bytes;      // whole blocks of DEFLATE, none of them the last
    std::uint32_t crc = 0;  // of the text
    std::size_t size = 0;   // of the text
};
using SharedDeflated = std::shared_ptr<const Deflated>;

SharedDeflated deflated(std::string_view text);

// One stream of all of them, in their order. Nothing is copied.
Parts gzipOf(const std::vector<SharedDeflated>&);

}  // namespace placette::net
