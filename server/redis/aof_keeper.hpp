// Before a Redis is started on a data folder: a change that was written in part (a crash, a power cut) is cut
// off whole. Redis' own way (aof-load-truncated) cuts behind the last whole command, within MULTI; the half
// change would then run together with what is written behind it, at the second start.
#pragma once

#include <filesystem>
#include <string>
#include <tl/expected.hpp>

#include "redis/store_failure.hpp"

namespace placette::redis {

inline constexpr const char* keptAside = "kept-aside";  // of the data folder
// An empty file there, for as long: acknowledged changes were lost, by a disk that did not keep what it had
// confirmed.
inline constexpr const char* lossPrefix = "LOST-";

// What is cut is kept in "kept-aside" for a week, and said in the log. A failure: the files are damaged, or
// cannot be read now, and Redis must not be started. It takes the time of reading them.
tl::expected<void, StoreFailure> makeAofReady(const std::filesystem::path& dataFolder);

}  // namespace placette::redis
