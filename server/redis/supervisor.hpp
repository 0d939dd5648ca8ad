// Keeps one redis-server alive for a data folder, and never two.
//
// A Redis of the folder that lives already is adopted, one that loads is waited for; one that ends is started
// again, once the folder can be written; one whose socket was deleted is ended for that. It outlives the
// server: only stop() ends it. What is acknowledged is on the disk at every moment.
// All on the thread that runs the io_context, but for diskLow(). The folder outlives the loop's run.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "redis/data_folder.hpp"
#include "redis/store_failure.hpp"

namespace placette::redis {

class Supervisor {
public:
    struct Options {
        std::string program = "redis-server";
        std::chrono::milliseconds patience{15000};  // with a Redis that is silent; loading may take longer
        std::chrono::milliseconds backoffMin{200}, backoffMax{10000};  // before it is started again
        std::chrono::milliseconds stopTime{10000};                     // for its clean end
        std::chrono::milliseconds socketTime{2000};                    // to make its socket, from its start
        std::uintmax_t diskReserve = 64u << 20;                        // bytes
        std::function<void(const std::string&)> onWait{};  // by start(): for what, and what to do; in words
    };

    Supervisor(net::io_context&, const DataFolder&, Options);
    ~Supervisor();  // Redis goes on
    Supervisor(const Supervisor&) = delete;

    // When it is ready to serve. Where it failed it may be tried again.
    Awaitable<tl::expected<void, StoreFailure>> start();
    void giveUp();  // start(), if it is under way: it fails

    // Ends Redis, when nobody uses it any more: cleanly, or not at all (then the next start adopts it).
    Awaitable<void> stop();

    pid_t pid() const;  // of the Redis; 0 before start()
    bool diskLow()
        const;  // checked every few seconds: refuse writes before Redis dies of a full disk. Any thread

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace placette::redis
