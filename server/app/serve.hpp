// `placette serve`: everything of a node, started in order and stopped in order.
#pragma once

#include "app/config.hpp"

namespace placette::app {

// Runs until SIGTERM or SIGINT; answers the exit status. Throws std::runtime_error where it cannot start.
int serve(const ServeConfig&);

}  // namespace placette::app
