#include "hub/loading.hpp"

#include <spdlog/spdlog.h>

#include <charconv>

#include "protocol/territory_document.hpp"
#include "redis/codec.hpp"
#include "redis/keys.hpp"

namespace placette::hub {

namespace keys = redis::keys;

namespace {

std::int64_t integer(std::string_view text) {
    std::int64_t value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
}

// "{T}:cells:F:2026-11-25" and the field "matin|moyens"
std::optional<std::pair<std::string, CellKey>> cellOf(const std::string& key, const std::string& field) {
    const auto tagEnd = key.find("}:cells:"), dateAt = key.rfind(':'), bar = field.find('|');
    if (tagEnd == std::string::npos || bar == std::string::npos || dateAt < tagEnd + 8) return std::nullopt;
    const auto date = dateFrom(std::string_view(key).substr(dateAt + 1));
    if (!date) return std::nullopt;
    CellKey cell{key.substr(tagEnd + 8, dateAt - tagEnd - 8), *date, field.substr(0, bar),
                 field.substr(bar + 1)};
    return std::pair{key.substr(1, tagEnd - 1), std::move(cell)};
}

using Command = std::vector<std::string>;

}  // namespace

std::string epochOf(const std::string& storeId, const std::string& runId) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (const unsigned char c : storeId + runId) hash = (hash ^ c) * 0x100000001b3ULL;
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

Awaitable<std::optional<std::int64_t>> logHead(redis::Client& client, std::string territory) {
    Command command{"XREVRANGE", keys::log(territory), "+", "-", "COUNT", "1"};
    const auto reply = co_await client.command(std::move(command));
    if (!reply || reply->isError()) co_return std::nullopt;
    if (reply->items.empty()) co_return 0;
    co_return integer(reply->items.front().items.front().text);
}

Awaitable<std::optional<Directory::Entry>> storedTerritory(redis::Store& store, std::string territory) {
    const auto document = co_await store.territory(territory);
    if (!document) co_return std::nullopt;
    if (!*document) co_return Directory::Entry();
    auto read = readTerritory((*document)->json);
    if (!read) {
        spdlog::error("the document of territory {} cannot be read: {} {}", territory, read.error().field,
                      read.error().detail);
        co_return Directory::Entry();
    }
    auto known = std::make_shared<KnownTerritory>();
    known->version = (*document)->version;
    known->zone = date::locate_zone(read->timezone);
    known->territory = std::move(*read);
    co_return known;
}

Awaitable<std::optional<std::map<std::string, Instant>>> storedHolds(redis::Client& client,
                                                                     std::string territory) {
    Command command{"ZRANGE", keys::tag(territory) + ":holds", "0", "-1", "WITHSCORES"};
    const auto reply = co_await client.command(std::move(command));
    if (!reply || reply->isError()) co_return std::nullopt;
    std::map<std::string, Instant> holds;
    for (std::size_t i = 0; i + 1 < reply->items.size(); i += 2)
        holds.emplace(reply->items[i].text.substr(0, reply->items[i].text.find('|')),
                      Instant(std::chrono::milliseconds(integer(reply->items[i + 1].text))));
    co_return holds;
}

Awaitable<bool> eachStoredCell(redis::Client& client, std::string pattern,
                               std::function<void(const std::string&, CellState)> take) {
    std::string cursor = "0";
    do {
        Command scan{"SCAN", cursor, "MATCH", pattern, "COUNT", "1000"};
        const auto page = co_await client.command(std::move(scan));
        if (!page || page->isError()) co_return false;
        cursor = page->items[0].text;
        for (const auto& key : page->items[1].items) {
            Command read{"HGETALL", key.text};
            const auto cells = co_await client.command(std::move(read));
            if (!cells || cells->isError()) co_return false;
            for (std::size_t i = 0; i + 1 < cells->items.size(); i += 2)
                if (auto named = cellOf(key.text, cells->items[i].text))
                    take(named->first,
                         {std::move(named->second), redis::decodeCell(cells->items[i + 1].text)});
        }
    } while (cursor != "0");
    co_return true;
}

}  // namespace placette::hub
