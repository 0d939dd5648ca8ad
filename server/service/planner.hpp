// Searches for plans, on a thread of its own: a large one takes longer than a loop may stand still, on which
// others wait for their changes.
//
// One object for the whole process; coroutines of any worker thread call it. It must be destroyed before the
// io_contexts whose coroutines wait for it.
#pragma once

#include <atomic>
#include <boost/asio/thread_pool.hpp>
#include <string>
#include <vector>

#include "placette/domain/directory.hpp"
#include "placette/domain/plan.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"

namespace placette::service {

class Planner {
public:
    struct Asked {
        PlanNeed need;
        std::vector<PlanHouse> houses;
        bool detour = false;                       // the houses' km are what a way is longer by
        std::vector<Directory::Entry> territories;  // keep the houses' facilities
    };
    // The answer of plan.search. `rate_limited` where too many are waiting already.
    redis::Awaitable<Result<std::string>> search(Asked);

private:
    std::atomic<int> waiting_{0};
    boost::asio::thread_pool pool_{1};  // ends first: its thread uses the other
};

}  // namespace placette::service
