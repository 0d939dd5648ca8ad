// Which history of writes a Redis goes on with, and which store it holds: together they make the epoch.
#pragma once

#include <optional>
#include <string>

#include "redis/client.hpp"

namespace placette::redis {

inline constexpr int storeSchema = 5;   // of the data; a server refuses another
inline constexpr int oldestSchema = 3;  // that it brings to its own when it starts (migration.hpp)

// Why data of another schema is not served, and what to do.
std::string refusalOf(const std::string& schema);

// The id of the process, new with each start, and that of its replication, new when it is made a primary:
// while both stay nothing that was acknowledged is taken back. Null: not answered; or it is a replica, which
// may be given other data at any moment: then the connection is closed, with that as its reason.
Awaitable<std::optional<std::string>> serverHistory(Client&);

// Made at random when the store is new, then kept with its data; with its salt, where it has one. The error
// is for the operator: not answered, or written by a Placette of another schema.
Awaitable<tl::expected<std::string, std::string>> storeId(Client&);

// After a log was seen to end before what had been read of it, though the history is the same: somebody has
// put older data in place. From now on the store has another id. False: not answered.
Awaitable<bool> renewStoreId(Client&);

// The value of a line `name:value` of INFO; empty if absent.
std::string infoField(const std::string& info, const std::string& name);

}  // namespace placette::redis
