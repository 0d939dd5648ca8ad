#include "redis/migration.hpp"

#include <spdlog/spdlog.h>

#include <charconv>
#include <iterator>

#include "redis/keys.hpp"
#include "redis/server_info.hpp"
#include "redis/timer.hpp"
#include "redis/verification.hpp"

namespace placette::redis {
namespace {

using Done = tl::expected<void, StoreFailure>;

Done interrupted() {
    return tl::unexpected(StoreFailure{"Redis did not answer while the store was brought to a newer schema"});
}

// Schema 4 knows the bookings of each day, the days that there are, and which holds have lapsed: all of it
// follows from the bookings and cells, as after a damage. Idempotency records are read in both forms; they
// live for a day.
Awaitable<Done> from3(net::io_context& context, Client& client) {
    const auto verified = co_await verifyStore(context, client, Verification::complete);
    if (!verified) co_return interrupted();
    spdlog::info("{} bookings and {} days were brought from schema 3 to 4", verified->bookings,
                 verified->days);
    co_return Done{};
}

// Schema 5 knows cells that a manager has closed: a third value of a number. All of schema 4 is read as it
// stands; an older program would set such a cell aside.
Awaitable<Done> from4(net::io_context&, Client&) {
    co_return Done{};
}

using Step = Awaitable<Done> (*)(net::io_context&, Client&);
constexpr Step steps[] = {from3, from4};  // from oldestSchema on
static_assert(oldestSchema + std::size(steps) == storeSchema);

tl::unexpected<StoreFailure> unanswered() {
    return tl::unexpected(StoreFailure{"Redis did not answer"});
}
tl::unexpected<StoreFailure> refused(std::string why) {
    return tl::unexpected(StoreFailure{std::move(why), false});
}

// Zero: the store is new.
Awaitable<tl::expected<int, StoreFailure>> schemaOf(Client& client) {
    std::vector<std::string> command{"HGET", keys::store, "schema"};
    const auto stored = co_await client.command(std::move(command));
    if (!stored) co_return unanswered();
    if (stored->isError()) co_return refused(std::string(keys::store) + ": " + stored->text);
    if (stored->isNil()) {
        std::vector<std::string> ask{"EXISTS", keys::territories};
        const auto hasData = co_await client.command(std::move(ask));
        if (!hasData || hasData->isError()) co_return unanswered();
        if (hasData->integer == 0) co_return 0;
        co_return refused(std::string("the data does not tell its schema any more; put a backup in "
                                      "place, or, where you know the number that "
                                      "it had: redis-cli HSET ") +
                          keys::store + " schema NUMBER");
    }
    int schema = -1;
    const auto& text = stored->text;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), schema);
    if (read.ptr != text.data() + text.size()) schema = -1;
    if (schema < oldestSchema || schema > storeSchema) co_return refused(refusalOf(text));
    co_return schema;
}

}  // namespace

Awaitable<Done> migrate(net::io_context& context, Client& client) {
    const auto stored = co_await schemaOf(client);
    if (!stored) co_return tl::unexpected(stored.error());
    if (*stored == 0) co_return Done{};
    for (int schema = *stored; schema < storeSchema; ++schema) {
        const auto began = Clock::now();
        auto step = steps[schema - oldestSchema](context, client);
        const auto done = co_await std::move(step);
        if (!done) co_return done;
        std::vector<std::string> note{"HSET", keys::store, "schema", std::to_string(schema + 1)};
        const auto noted = co_await client.command(std::move(note));
        if (!noted || noted->isError()) co_return interrupted();
        spdlog::warn("the store is of schema {} now; it took {} ms", schema + 1,
                     std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count());
    }
    co_return Done{};
}

}  // namespace placette::redis
