// One change of a territory's log with its cells as the wire has them: encoded once a node, immutable, and
// shared by all threads. Frames and merged deltas are put together from these texts.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "redis/codec.hpp"
#include "redis/log_reader.hpp"

namespace placette::hub {

struct LoggedChange {
    redis::LogEntry entry;
    std::vector<std::string> cells;  // JSON of entry.cells, in their order
    std::size_t bytes = 0;           // about what it takes in memory
};
using Change = std::shared_ptr<const LoggedChange>;

Change logged(redis::LogEntry);
Change decoded(const redis::RawEntry&);  // null: written by a newer version, or damaged

}  // namespace placette::hub
