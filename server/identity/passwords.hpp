// Password hashing (argon2id): 64 MiB and some 50 ms a time, so it runs on threads of its own.
//
// One object for the whole process; coroutines of any worker thread call it. It must be destroyed before the
// io_contexts whose coroutines wait for it.
#pragma once

#include <boost/asio/thread_pool.hpp>
#include <functional>
#include <mutex>
#include <optional>
#include <string>

#include "identity/attempts.hpp"
#include "identity/fair_queue.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

class Passwords {
public:
    // The memory in use is at most threads × 64 MiB.
    explicit Passwords(unsigned threads = 1);

    // Of who is signed in. `rate_limited` where too many are waiting already.
    Awaitable<Result<std::string>> hash(std::string password);
    // Empty `stored`: there is no such password, which takes as long to say as that it is wrong. Devices that
    // are known come first, and one network does not make the others wait.
    Awaitable<Result<bool>> verify(std::string stored, std::string password, Guest);

private:
    using Work = std::function<void()>;

    bool enqueue(bool known, const std::string& who, Work);  // from any thread
    void runNext();                                          // on the pool

    std::mutex mutex_;
    FairQueue<Work> waiting_;
    boost::asio::thread_pool pool_;  // ends first: its threads use the others
};

}  // namespace placette::identity
