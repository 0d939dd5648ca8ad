// What subscriptions have in common: the place in the log from which a client resumes, and their end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "protocol/params.hpp"
#include "service/method.hpp"

namespace placette::service {

struct Since {
    std::string epoch;
    std::int64_t offset = 0;
};
// Where the answer to a subscriber comes from.
enum class Recovery { memory, log, snapshot };  // the log in memory, that in Redis, or all anew

std::optional<Since> readSince(Params&);                                       // the parameter `since`
Since readPlace(Params&);                                                      // `epoch` and `offset` of it
bool reaches(const Environment&, const std::string& territory, const Since&);  // the log in memory does
// Has the log in memory reach back to `since` if it can.
Awaitable<Recovery> sourceFor(Environment&, std::string territory, std::optional<Since>);
// `"subscription":…,"recovered":…,"source":…,"epoch":…,"offset":…,"asOf":…,"storeAvailable":…`
std::string opening(const Environment&, const std::string& subscription, Recovery, const std::string& epoch,
                    std::int64_t offset);
// `"asOf":…,"storeAvailable":…`: how old what memory tells is
std::string age(const Environment&);
// `"epoch":…,"offset":…,"asOf":…,"storeAvailable":…`
std::string placeInLog(const Environment&, const std::string& epoch, std::int64_t offset);
// The last offset that it wrote, or was told of.
std::int64_t seenBy(const Environment&, const Caller&, const std::string& territory);
// Before a board is made: one at a time, when what was answered before has been taken. `too_large` in a batch
// whose other answers are large already.
Awaitable<std::optional<Problem>> turnOf(Caller&, Turn&);
bool mayWatch(const Environment&, const Caller&,
              const std::string& subscription);  // within the session's limit
Answer tooManySubscriptions();
Answer unsubscribe(Caller&, const Json& params);

}  // namespace placette::service
