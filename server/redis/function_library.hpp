// The Lua library that does every write (functions/*.lua), under a name that carries its source's hash:
// loaded only if absent and never replaced, so that versions can live side by side in a rolling restart.
#pragma once

#include <string>

#include "redis/client.hpp"

namespace placette::redis {

const std::string& libraryName();                      // "placette_1a2b3c4d"
const std::string& librarySource();                    // with its shebang line
std::string functionName(const char* name);            // "placette_1a2b3c4d_hold"
Awaitable<bool> loadLibrary(Client&);

}  // namespace placette::redis
