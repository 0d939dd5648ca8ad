#include "hub/loading.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <charconv>
#include <stdexcept>

#include "redis/codec.hpp"
#include "redis/keys.hpp"

namespace placette::hub {

namespace keys = redis::keys;

namespace {

using redis::Reply;
using Command = std::vector<std::string>;

constexpr auto keysPerScan = "1000";

std::int64_t integer(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// The replies to the same command for several territories; nullopt where one of them failed.
template <class F>
Awaitable<std::optional<std::vector<Reply>>> ask(redis::Client& client, std::vector<std::string> ids,
                                                 F command) {
    std::vector<Command> commands;
    for (const auto& id : ids) commands.push_back(command(id));
    auto replies = co_await client.pipeline(std::move(commands));
    if (!replies || std::ranges::any_of(replies->items, &Reply::isError)) co_return std::nullopt;
    co_return std::move(replies->items);
}

std::int64_t offsetOfFirst(const Reply& entries) {
    return entries.items.empty() ? 0 : integer(entries.items.front().items.front().text);
}

Holds holdsFrom(const Reply& reply) {
    Holds holds;
    for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2)
        holds.emplace(reply.items[i].text.substr(0, reply.items[i].text.find('|')),
                      Instant(std::chrono::milliseconds(integer(reply.items[i + 1].text))));
    return holds;
}

using Take = std::function<void(const std::string&, const CellState&)>;

struct DayKey {
    std::string key, territory, facility;
    Date date;
};

// "{T}:cells:F:2026-11-25"
std::optional<DayKey> dayKeyFrom(std::string key) {
    constexpr std::string_view kind = "}:cells:";
    const auto tagEnd = key.find(kind), dateAt = key.rfind(':');
    if (tagEnd == std::string::npos || dateAt < tagEnd + kind.size()) return std::nullopt;
    const auto date = dateFrom(std::string_view(key).substr(dateAt + 1));
    if (!date) return std::nullopt;
    auto territory = key.substr(1, tagEnd - 1);
    auto facility = key.substr(tagEnd + kind.size(), dateAt - tagEnd - kind.size());
    return DayKey{std::move(key), std::move(territory), std::move(facility), *date};
}

// A field of a day's hash is "matin|moyens".
void takeDay(const DayKey& day, const Reply& hash, const Take& take) {
    CellState state;
    state.key.facility = day.facility;
    state.key.date = day.date;
    for (std::size_t i = 0; i + 1 < hash.items.size(); i += 2) {
        const std::string_view field = hash.items[i].text;
        const auto bar = field.find('|');
        if (bar == std::string_view::npos) continue;
        state.key.period = field.substr(0, bar);
        state.key.section = field.substr(bar + 1);
        try {
            state.cell = redis::decodeCell(hash.items[i + 1].text);
        } catch (const std::runtime_error& damage) {  // one cell, not the service
            spdlog::error("{} {} is left out: {}", day.key, field, damage.what());
            continue;
        }
        take(day.territory, state);
    }
}

}  // namespace

std::string epochOf(const std::string& storeId, const std::string& history) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const unsigned char c : storeId + history) hash = (hash ^ c) * 0x100000001b3ULL;
    char out[17];
    std::snprintf(out, sizeof out, "%016llx", static_cast<unsigned long long>(hash));
    return out;
}

Awaitable<std::optional<std::vector<std::string>>> territoryIds(redis::Client& client) {
    Command command{"SMEMBERS", keys::territories};
    const auto reply = co_await client.command(std::move(command));
    if (!reply || reply->isError()) co_return std::nullopt;
    std::vector<std::string> ids;
    for (const auto& item : reply->items) ids.push_back(item.text);
    co_return ids;
}

Awaitable<std::optional<std::vector<std::int64_t>>> logHeads(redis::Client& client,
                                                             std::vector<std::string> ids) {
    const auto newest = [](const std::string& id) {
        return Command{"XREVRANGE", keys::log(id), "+", "-", "COUNT", "1"};
    };
    const auto replies = co_await ask(client, std::move(ids), newest);
    if (!replies) co_return std::nullopt;
    std::vector<std::int64_t> heads;
    for (const auto& reply : *replies) heads.push_back(offsetOfFirst(reply));
    co_return heads;
}

Awaitable<std::optional<bool>> logTellsAll(redis::Client& client, std::string territory) {
    Command oldest{"XRANGE", keys::log(territory), "-", "+", "COUNT", "1"};
    const auto reply = co_await client.command(std::move(oldest));
    if (!reply || reply->isError()) co_return std::nullopt;
    co_return offsetOfFirst(*reply) <= 1;
}

Awaitable<std::optional<std::vector<Directory::Entry>>> storedTerritories(redis::Store& store,
                                                                          Documents& documents,
                                                                          std::vector<std::string> ids) {
    const auto read = co_await documents.read(store, ids);
    if (!read) co_return std::nullopt;
    std::vector<Directory::Entry> entries;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        const auto& entry = (*read)[i];
        if (!entry)
            spdlog::error("the document of territory {} cannot be read: {} {}", ids[i], entry.error().field,
                          detailOf(entry.error()));
        entries.push_back(entry.value_or(nullptr));
    }
    co_return entries;
}

Awaitable<std::optional<std::vector<Holds>>> storedHolds(redis::Client& client,
                                                         std::vector<std::string> ids) {
    const auto all = [](const std::string& id) {
        return Command{"ZRANGE", keys::tag(id) + ":holds", "0", "-1", "WITHSCORES"};
    };
    const auto replies = co_await ask(client, std::move(ids), all);
    if (!replies) co_return std::nullopt;
    std::vector<Holds> holds;
    for (const auto& reply : *replies) holds.push_back(holdsFrom(reply));
    co_return holds;
}

Awaitable<bool> eachStoredCell(redis::Client& client, std::string pattern, Date from, Take take) {
    std::string cursor = "0";
    do {
        Command scan{"SCAN", cursor, "MATCH", pattern, "COUNT", keysPerScan};
        const auto page = co_await client.command(std::move(scan));
        if (!page || page->isError()) co_return false;
        cursor = page->items[0].text;
        std::vector<DayKey> found;
        std::vector<Command> reads;
        for (const auto& key : page->items[1].items) {
            auto day = dayKeyFrom(key.text);
            if (!day || day->date < from) continue;
            reads.push_back({"HGETALL", key.text});
            found.push_back(std::move(*day));
        }
        if (reads.empty()) continue;
        const auto days = co_await client.pipeline(std::move(reads));
        if (!days || std::ranges::any_of(days->items, &Reply::isError)) co_return false;
        for (std::size_t i = 0; i < found.size(); ++i) takeDay(found[i], days->items[i], take);
    } while (cursor != "0");
    co_return true;
}

}  // namespace placette::hub
