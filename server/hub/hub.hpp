// One hub per worker thread: the shared log as this thread sees it, the channels over it, and the sessions that
// watch. Nothing here is called from another thread; the feed posts to it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "hub/filter.hpp"
#include "hub/snapshot.hpp"
#include "placette/domain/directory.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::hub {

using redis::Awaitable;

class Watcher;          // a session as the hub sees it (watcher.hpp)

class Hub {
public:
    std::shared_ptr<const Directory> directory() const { return directory_; }      // never null
    bool storeAvailable() const { return storeAvailable_; }
    std::string epoch(const std::string& territory) const;

    // The cells of the filter, at `minOffset` or later: encoded by the board's thread, shared by all who ask alike.
    // `store_unavailable` where the board does not reach that offset in time.
    Awaitable<Result<std::shared_ptr<const Snapshot>>> snapshot(BoardFilter, std::int64_t minOffset);

private:
    std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
    bool storeAvailable_ = false;
};

}  // namespace placette::hub
