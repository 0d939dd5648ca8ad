// GET /boards/TERRITORY?from=…&days=…[&facility=…]: board.get by its address, compressed, and only if it is
// another board than the asker has.
#pragma once

#include <string_view>

#include "net/routes.hpp"

namespace placette::net {

inline constexpr std::string_view boardsPath = "/boards/";

Awaitable<Response> boards(Site&, const Request&, Peer&);

}  // namespace placette::net
