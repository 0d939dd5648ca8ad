// What the services need of Redis: the engine's commands as one function call each, and the reads beside
// them. Lives on one worker thread, beside the sessions that it serves; one session's writes reach Redis in
// order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "placette/domain/commands.hpp"
#include "redis/booking_page.hpp"
#include "redis/client.hpp"

namespace placette::redis {

struct TerritoryDocument {
    std::string json;
    std::int64_t version = 0;
};

class Store {
public:
    explicit Store(Client& client) : client_(client) {}

    // `store_unavailable` or `outcome_unknown` when the connection fails.
    Awaitable<Result<Outcome>> execute(std::string territory, WriteHeader, Command);
    Awaitable<Result<std::optional<Booking>>> booking(std::string territory, std::string id);
    Awaitable<Result<BookingPage>> bookings(std::string territory, BookingFilter);

    Awaitable<Result<std::optional<TerritoryDocument>>> territory(std::string territory);
    // In the order of the ids, of which there is at least one.
    Awaitable<Result<std::vector<std::optional<TerritoryDocument>>>> territories(
        std::vector<std::string> ids);

    Client& client() { return client_; }

private:
    Client& client_;
};

}  // namespace placette::redis
