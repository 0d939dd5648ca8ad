// What the services need of Redis: the engine's commands as one function call each, and the reads beside
// them. Lives on one worker thread, beside the sessions that it serves; one session's writes reach Redis in
// order.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/commands.hpp"
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
    // `counted`: where execute() is counted while it lasts; null: nowhere.
    explicit Store(Client& client, WritesUnderWay* counted = nullptr) : client_(client), counted_(counted) {}

    // `store_unavailable` or `outcome_unknown` when the connection fails.
    Awaitable<Result<Outcome>> execute(std::string territory, WriteHeader, Command);
    Awaitable<Result<std::optional<Booking>>> booking(std::string territory, std::string id);
    Awaitable<Result<BookingPage>> bookings(std::string territory, BookingFilter);

    // In the order of the ids; an empty revision, or none: there is no document.
    Awaitable<Result<std::vector<std::string>>> revisions(std::vector<std::string> territories);
    Awaitable<Result<std::vector<std::optional<TerritoryDocument>>>> territories(
        std::vector<std::string> ids);

    Client& client() { return client_; }
    WritesUnderWay* counted() { return counted_; }

private:
    Awaitable<Result<std::vector<Reply>>> ask(std::vector<std::vector<std::string>> commands);

    Client& client_;
    WritesUnderWay* counted_;
};

}  // namespace placette::redis
