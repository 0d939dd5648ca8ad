// How the feed comes to its boards: all at the start and in each new epoch, one when a territory is
// announced.
#include <spdlog/spdlog.h>

#include "hub/clock.hpp"
#include "hub/feed.hpp"
#include "hub/hub.hpp"
#include "hub/loading.hpp"
#include "redis/keys.hpp"
#include "redis/server_info.hpp"

namespace placette::hub {

namespace keys = redis::keys;
using Clock = std::chrono::steady_clock;

constexpr std::size_t headsAtOnce = 64;

// Everything is read beside the boards in use, which take it in one step: nobody sees half of it.
Awaitable<bool> Feed::load() {
    const auto began = Clock::now();
    const auto history = history_;
    if (replaced_) {
        const bool renewed = co_await redis::renewStoreId(client_);
        if (!renewed) co_return false;
        replaced_ = false;
    }
    const auto storeId = co_await redis::storeId(client_);
    if (!storeId) {
        spdlog::error("cannot load the boards: {}", storeId.error());
        co_return false;
    }
    storeId_ = *storeId;
    const auto ids = co_await territoryIds(client_);
    if (!ids) co_return false;
    Fresh fresh;
    fresh.epoch = epochOf(storeId_, history);
    firstDay_ = firstDayOfBoards(now());
    for (std::size_t from = 0; from < ids->size(); from += headsAtOnce) {
        const auto end = std::min(from + headsAtOnce, ids->size());
        std::vector<std::string> some(ids->begin() + static_cast<std::ptrdiff_t>(from),
                                      ids->begin() + static_cast<std::ptrdiff_t>(end));
        const bool read = co_await readHeads(std::move(some), fresh);
        if (!read) co_return false;
    }
    const std::string everyCell = "{*}:cells:*";
    const bool read = co_await readCells(everyCell, fresh);
    if (!read || history_ != history) co_return false;
    loaded_ = history;
    identityChanged_("all", "");  // other data perhaps, and so other accounts
    const auto territories = fresh.territories.size();
    const bool emptied = territories == 0 && (!boards_.empty() || emptied_);
    if (emptied && !emptied_)
        spdlog::error(
            "the store came back empty: restore a backup (placette restore), or restart this server if it is "
            "meant to be");
    emptied_ = emptied;
    post([emptied](Hub& hub) { hub.onEmptied(emptied); });
    std::set<std::string> left;
    for (const auto& [id, board] : boards_)
        if (!fresh.territories.contains(id)) left.insert(id);
    empty(left, fresh.epoch);
    open(std::move(fresh));
    spdlog::info("loaded {} territories, {} cells in {} ms", territories, cells_,
                 std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count());
    co_return true;
}

// A territory that came while the server runs: its log tells all of it as long as nothing of it was dropped.
// Else, and where its log is what could not be followed, the whole store is searched for its cells.
Awaitable<bool> Feed::loadTerritory(std::string id, bool mayComeFromLog) {
    Fresh fresh;
    fresh.epoch = epochOf(storeId_, loaded_);
    fresh.entries = directory_->territories();
    std::vector<std::string> one{id};
    const bool head = co_await readHeads(std::move(one), fresh);
    const auto logTells = co_await logTellsAll(client_, id);
    if (!head || !logTells) co_return false;
    if (mayComeFromLog && *logTells) {
        fresh.territories.at(id).head = 0;
    } else {
        const auto itsCells = keys::tag(id) + ":cells:*";
        const bool cells = co_await readCells(itsCells, fresh);
        if (!cells) co_return false;
    }
    open(std::move(fresh));
    co_return true;
}

// The logs' heads before all else: what changes while the rest is read comes again from the log.
Awaitable<bool> Feed::readHeads(std::vector<std::string> ids, Fresh& fresh) {
    const auto heads = co_await logHeads(client_, ids);
    if (!heads) co_return false;
    const auto entries = co_await storedTerritories(store_, documents_, ids);
    if (!entries) co_return false;
    auto holds = co_await storedHolds(client_, ids);
    if (!holds) co_return false;
    for (std::size_t i = 0; i < ids.size(); ++i) {
        auto& loaded = fresh.territories[ids[i]];
        loaded.epoch = fresh.epoch;
        loaded.head = (*heads)[i];
        loaded.board.startAt(firstDay_);
        loaded.holds = std::move((*holds)[i]);
        if ((*entries)[i]) fresh.entries[ids[i]] = (*entries)[i];
    }
    co_return true;
}

Awaitable<bool> Feed::readCells(std::string pattern, Fresh& fresh) {
    const std::function<void(const std::string&, const CellState&)> take = [&fresh](const std::string& id,
                                                                                    const CellState& state) {
        if (const auto loaded = fresh.territories.find(id); loaded != fresh.territories.end())
            loaded->second.board.apply(state);
    };
    const bool read = co_await eachStoredCell(client_, pattern, firstDay_, take);
    co_return read;
}

// Territories that the store has no more. Their boards stay, with nothing on them: somebody may wait for one.
void Feed::empty(const std::set<std::string>& left, const std::string& epoch) {
    for (const auto& id : left) {
        auto& board = boards_.find(id)->second;
        Loaded nothing;
        nothing.epoch = epoch;
        change(board, [&] { board.restart(std::move(nothing)); });
        post([id, epoch](Hub& hub) { hub.onReset(id, epoch, 0); });
    }
}

void Feed::open(Fresh fresh) {
    publish(Directory(std::move(fresh.entries)));
    for (auto& [id, loaded] : fresh.territories) {
        const auto head = loaded.head;
        auto& board = boards_.try_emplace(id, context_).first->second;
        change(board, [&, &read = loaded] { board.restart(std::move(read)); });
        post([id = id, epoch = fresh.epoch, head](Hub& hub) { hub.onReset(id, epoch, head); });
        reader_.add(keys::log(id), std::to_string(head) + "-0");
    }
}

void Feed::publish(Directory directory) {
    directory_ = std::make_shared<const Directory>(std::move(directory));
    post([directory = directory_](Hub& hub) { hub.onDirectory(directory); });
}

}  // namespace placette::hub
