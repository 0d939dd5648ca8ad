// What a store needs from time to time, on a connection of its own, in the background:
//   - after each start of Redis it is warned of settings that break a promise (redis/checkup), and all counts
//     are compared with their bookings (redis/verification); those of a territory also when a record of it
//     had to be set aside;
//   - once an hour what is no longer needed, or may no longer be kept, is erased; after that the append-only
//     file is written anew, once a day at most, so that what was erased does not live on in it. The store
//     remembers that this is still to be done;
//   - typical weeks are published (publication.hpp).
// Hours and days are those of the clock on the wall: a machine that slept has slept through them.
//
// Lives on the thread of its io_context, beside the feed. Several nodes on one Redis may all do it: it is
// done twice.
#pragma once

#include <set>
#include <string>

#include "hub/publication.hpp"
#include "observe/metrics.hpp"
#include "redis/client.hpp"
#include "redis/store.hpp"
#include "redis/timer.hpp"

namespace placette::hub {

struct Retention {       // days after the last day of care
    int bookings = 730;  // and the counts of the days themselves
    int contacts = 7;
};

class Upkeep {
public:
    Upkeep(redis::net::io_context&, redis::Endpoint, Documents&, Retention, observe::Metrics&);

    void start();
    void stop();  // on its thread

    // A change of the territory had to set records aside. On its thread.
    void onAside(const std::string& territory, const std::vector<std::string>& records);

private:
    redis::Awaitable<bool> prepare(redis::Client&);
    redis::Awaitable<void> work();
    redis::Awaitable<void> warn();
    redis::Awaitable<bool> verify(std::string territory);  // empty: all. False: to be done again
    redis::Awaitable<bool> forget();
    redis::Awaitable<bool> forget(std::string territory);
    redis::Awaitable<bool> publish();
    redis::Awaitable<bool> rewriteIsDue();
    redis::Awaitable<bool> rewrite();
    redis::Awaitable<bool> remember(std::string what, Instant);

    redis::net::io_context& context_;
    const Retention retention_;
    observe::Metrics& metrics_;
    redis::Client client_;
    redis::Store store_;
    Publication publication_;
    redis::Timer timer_;
    std::string history_, verified_;  // of Redis
    std::set<std::string> doubted_;   // territories
    Instant forgotAt_{}, publishedAt_{};
    bool stopping_ = false;
};

}  // namespace placette::hub
