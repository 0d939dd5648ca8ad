// `placette account add|list|update|disable|enable|reset` and `placette token create|list|revoke`.
#pragma once

#include "app/config.hpp"

namespace placette::app {

void addAccountCommands(CLI::App& program, int& status);
void addTokenCommands(CLI::App& program, int& status);

}  // namespace placette::app
