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
#include "redis/writes_under_way.hpp"

namespace placette::redis {

struct TerritoryDocument {
    std::map<std::string, std::string> fields;
    std::int64_t version = 0;
};
// What one Redis process answered, in the order of the ids that were asked for.
struct TerritoryVersions {
    std::string runId;
    std::vector<std::int64_t> versions;  // 0: there is no document
};
struct TerritoryDocuments {
    std::string runId;
    std::vector<std::optional<TerritoryDocument>> documents;
};

class Store {
public:
    // `counted`: where execute() is counted while it lasts; null: nowhere.
    explicit Store(Client& client, WritesUnderWay* counted = nullptr) : client_(client), counted_(counted) {}

    // `store_unavailable` or `outcome_unknown` when the connection fails.
    Awaitable<Result<Outcome>> execute(std::string territory, WriteHeader, Command);
    Awaitable<Result<std::optional<Booking>>> booking(std::string territory, std::string id);
    Awaitable<Result<BookingPage>> bookings(std::string territory, BookingFilter);

    Awaitable<Result<TerritoryVersions>> versions(std::vector<std::string> territories);
    Awaitable<Result<TerritoryDocuments>> territories(std::vector<std::string> ids);

    Client& client() { return client_; }

private:
    struct Told {
        std::string runId;
        std::vector<Reply> replies;
    };
    Awaitable<Result<Told>> ask(std::vector<std::vector<std::string>> commands);

    Client& client_;
    WritesUnderWay* counted_;
};

}  // namespace placette::redis
