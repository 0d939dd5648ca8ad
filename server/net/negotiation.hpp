// What a request says of the answer that it can take (RFC 9110, section 12.5.3 and 13.1.2).
#pragma once

#include <string_view>

#include "net/types.hpp"

namespace placette::net {

bool accepts(const Request&, std::string_view coding);  // of content: "gzip"
bool knows(const Request&, std::string_view tag);       // If-None-Match names this entity tag

}  // namespace placette::net
