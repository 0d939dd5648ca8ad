// Password hashing (argon2id): 64 MiB and some 50 ms a time, so it runs on threads of its own.
//
// One object for the whole process; coroutines of any worker thread call it. It must be destroyed before the
// io_contexts whose coroutines wait for it.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <optional>
#include <string>

#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::identity {

using redis::Awaitable;

class Passwords {
public:
    // The memory in use is at most threads × 64 MiB.
    explicit Passwords(unsigned threads = 1);

    // `rate_limited` where too many are waiting already.
    Awaitable<Result<std::string>> hash(std::string password);
    // Empty `stored`: there is no such password, which takes as long to say as that it is wrong.
    Awaitable<Result<bool>> verify(std::string stored, std::string password);

private:
    boost::asio::thread_pool pool_;
    std::atomic<int> waiting_{0};
};

}  // namespace placette::identity
