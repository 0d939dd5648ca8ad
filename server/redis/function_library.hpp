// The Lua library that does every write (functions/*.lua), under a name that carries its source's hash:
// loaded only if absent and never replaced, so that versions can live side by side in a rolling restart.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "redis/client.hpp"

namespace placette::redis {

extern const char* const functionSource;  // functions/*.lua, embedded by the build

struct FunctionLibrary {
    std::string name;    // "placette_1a2b3c4d"
    std::string source;  // with its shebang line
};
FunctionLibrary libraryOf(std::string_view source);  // tests load altered sources beside the true one

const FunctionLibrary& functionLibrary();  // of functionSource
const std::string& functionPrefix();       // "placette_1a2b3c4d_"
Awaitable<bool> loadLibrary(Client&);      // false: the connection was lost, or Redis refused the source

// What each connection that writes begins with: a primary (server_info.hpp), and the library in it. Its
// history; null: it is to be tried again.
Awaitable<std::optional<std::string>> prepared(Client&);

// Redis has no such function (any more: FUNCTION FLUSH). It was refused before it began.
bool isLibraryMissing(const tl::expected<Reply, Failure>&);
// After such a reply: the library is loaded, and the call made once more.
Awaitable<tl::expected<Reply, Failure>> loadAndCall(Client&, std::vector<std::string> call);

}  // namespace placette::redis
