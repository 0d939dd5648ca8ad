// Which Redis process this is, and which store it holds: together they make the epoch.
#pragma once

#include <optional>
#include <string>

#include "redis/client.hpp"

namespace placette::redis {

inline constexpr int storeSchema = 4;  // of the data; a server refuses another

// A new one for each start of a Redis process. Null: not answered.
Awaitable<std::optional<std::string>> serverRunId(Client&);

// Made at random when the store is new, then kept with its data. The error is for the operator: not answered,
// or written by a Placette of another schema.
Awaitable<tl::expected<std::string, std::string>> storeId(Client&);

// The value of a line `name:value` of INFO; empty if absent.
std::string infoField(const std::string& info, const std::string& name);

}  // namespace placette::redis
