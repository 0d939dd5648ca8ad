// What the services need of Redis: the engine's commands as one function call each, and the reads beside
// them. Lives on one worker thread, beside the sessions that it serves; one session's writes reach Redis in
// order.
#pragma once

#include <chrono>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/commands.hpp"
#include "placette/domain/history.hpp"
#include "redis/booking_page.hpp"
#include "redis/client.hpp"
#include "redis/writes_under_way.hpp"

namespace placette::redis {

struct TerritoryDocument {
    std::map<std::string, std::string> fields;
    std::string revision;
};

class Store {
public:
    // `counted`: where execute() is counted while it lasts; null: nowhere. `mayWrite`: false while too little
    // disk is left. `took`: is told how long each function took.
    explicit Store(Client& client, WritesUnderWay* counted = nullptr, std::function<bool()> mayWrite = {},
                   std::function<void(std::chrono::duration<double>)> took = {})
        : client_(client), counted_(counted), mayWrite_(std::move(mayWrite)), took_(std::move(took)) {}

    // `store_unavailable` or `outcome_unknown` when the connection fails; the first too while nothing may be
    // written, unless the key's effect is known already.
    Awaitable<Result<Outcome>> execute(std::string territory, WriteHeader, Command);
    Awaitable<Result<std::optional<Booking>>> booking(std::string territory, std::string id);
    Awaitable<Result<BookingPage>> bookings(std::string territory, BookingFilter);

    Awaitable<Result<std::vector<CountChange>>> history(std::string territory, std::string facility,
                                                        Date);  // the newest first

    // In the order of the ids; an empty revision, or none: there is no document.
    Awaitable<Result<std::vector<std::string>>> revisions(std::vector<std::string> territories);
    Awaitable<Result<std::vector<std::optional<TerritoryDocument>>>> territories(
        std::vector<std::string> ids);

    Client& client() { return client_; }
    WritesUnderWay* counted() { return counted_; }
    bool mayWrite() const { return !mayWrite_ || mayWrite_(); }

private:
    Awaitable<Result<std::vector<Reply>>> ask(std::vector<std::vector<std::string>> commands);

    Client& client_;
    WritesUnderWay* counted_;
    std::function<bool()> mayWrite_;
    std::function<void(std::chrono::duration<double>)> took_;
};

}  // namespace placette::redis
