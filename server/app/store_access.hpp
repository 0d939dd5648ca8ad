// How a command reaches the store: through the Redis of a running server, or with its own for the time it
// takes.
#pragma once

#include <functional>
#include <memory>
#include <optional>

#include "app/config.hpp"
#include "redis/client.hpp"
#include "redis/supervisor.hpp"

namespace placette::app {

// The Redis that a server of this configuration keeps or uses. On the thread of its io_context.
class StoreAccess {
public:
    // Throws std::runtime_error where the folder is held by another server (unless `beside`: then its Redis
    // is used) or the URL is wrong.
    StoreAccess(redis::net::io_context&, const StoreConfig&, bool beside);

    redis::Awaitable<tl::expected<void, redis::StoreFailure>> open();  // again, where it failed
    void giveUp();                                                     // what open() tries
    redis::Awaitable<void> close();                                    // ends a Redis of its own
    std::function<void(const std::string&)> onWait;                    // what open() waits for
    const redis::Endpoint& endpoint() const { return endpoint_; }
    bool diskLow() const { return supervisor_ && supervisor_->diskLow(); }
    // Why a command should write nothing now; nullopt: it may.
    std::optional<std::string> diskRefusal() const;

private:
    const StoreConfig& config_;
    std::optional<redis::DataFolder> folder_;
    std::unique_ptr<redis::Supervisor> supervisor_;
    redis::Endpoint endpoint_;
};

std::uintmax_t reserveOf(const StoreConfig&);  // bytes

using Work = std::function<redis::Awaitable<void>(redis::Client&)>;

// Runs `work` with a connected client, then closes all; throws std::runtime_error where there is none. For
// commands. With the function library, a store of this program's schema, and room to write:
void withStore(const StoreConfig&, Work);
// As it is; nothing is written:
void withRedis(const StoreConfig&, Work);

}  // namespace placette::app
