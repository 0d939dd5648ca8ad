// The node's one reader of the logs: it keeps every territory's board in memory and hands each change, as an
// immutable value, to the hub of every worker thread. It also ends holds that are due.
//
// It has a thread of its own. Others reach it through executor() alone.
// Order: a territory's directory entry, then its reset, then its changes reach a hub in that order, and a
// snapshot, or the word that the log reaches back, never reaches a hub before the changes that it is about.
#pragma once

#include <chrono>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "hub/documents.hpp"
#include "hub/gathering.hpp"
#include "hub/snapshot.hpp"
#include "hub/territory_board.hpp"
#include "observe/metrics.hpp"
#include "placette/domain/directory.hpp"
#include "redis/client.hpp"
#include "redis/log_reader.hpp"
#include "redis/store.hpp"
#include "redis/timer.hpp"

namespace placette::hub {

using redis::Awaitable;

class Hub;

class Feed {
public:
    // An entry of {placette}:log, on the feed's thread: an account or a token changed.
    using IdentityChanged = std::function<void(const std::string& kind, const std::string& id)>;

    // Records of a territory could not be read and were set aside, on the feed's thread.
    using SetAside =
        std::function<void(const std::string& territory, const std::vector<std::string>& records)>;

    Feed(redis::net::io_context&, redis::Endpoint, Documents&, redis::WritesUnderWay&, observe::Metrics&,
         IdentityChanged, SetAside);
    ~Feed();

    void start(std::vector<Hub*>);  // the hubs outlive the feed's run
    void stop();                    // on its thread
    redis::Executor executor() const { return context_.get_executor(); }
    const redis::WritesUnderWay& writes() const { return writes_; }  // from any thread

    Awaitable<Result<std::shared_ptr<const Snapshot>>> snapshot(BoardFilter, std::int64_t minOffset);

    Awaitable<Result<Counts>> counts(CountsAsked, std::int64_t minOffset);

    // Until what the log has up to `offset` is on its way to every hub.
    Awaitable<Result<void>> reach(std::string territory, std::int64_t offset);

    // Makes the log in memory, here and in every hub, reach back to `offset`. False: the log in Redis does
    // not reach that far either, or the epoch is another.
    Awaitable<bool> reachBack(std::string territory, std::string epoch, std::int64_t offset);

private:
    struct Arrival {
        std::string stream;
        std::vector<redis::RawEntry> entries;
    };
    // What was read of some territories, before it takes the place of what is known.
    struct Fresh {
        std::string epoch;
        std::map<std::string, Directory::Entry, std::less<>> entries;
        std::map<std::string, Loaded, std::less<>> territories;
    };
    void arrived(Arrival);
    void post(const std::function<void(Hub&)>&);
    void tellGathered();
    void wake();
    Awaitable<bool> prepare(redis::Client&);
    void lost(const std::string& stream, bool replaced);
    bool connected() const { return !history_.empty() && history_ == readerHistory_; }
    Awaitable<void> follow();  // the one coroutine that loads and applies
    Awaitable<bool> load();
    Awaitable<bool> loadTerritory(std::string id, bool mayComeFromLog);
    Awaitable<void> reloadStale();
    Awaitable<bool> readHeads(std::vector<std::string> ids, Fresh&);
    Awaitable<bool> readCells(std::string pattern, Fresh&);
    std::size_t tellCells();  // all that are on boards
    void open(Fresh);
    void publish(Directory);
    Awaitable<bool> publishTerritory(std::string id);
    Awaitable<Result<TerritoryBoard*>> boardAt(std::string territory, std::int64_t minOffset);
    Awaitable<void> apply(Arrival);
    void announce(const std::string& id, std::vector<Change>);
    Awaitable<void> openTerritories(Arrival);
    Awaitable<bool> readEarlier(std::string id, TerritoryBoard&, std::int64_t offset);
    void forget();
    void leavePastDays();
    void look();
    void setAvailable(bool);
    Awaitable<void> sweep();
    Awaitable<void> sweepTerritory(std::string id);

    redis::net::io_context& context_;
    Documents& documents_;
    redis::WritesUnderWay& writes_;
    observe::Metrics& metrics_;
    std::optional<std::chrono::steady_clock::time_point> lostAt_;
    bool emptied_ = false;  // there were territories, and now there are none
    std::string lookedAt_;  // a territory
    std::map<std::string, TerritoryBoard::Figures, std::less<>> figures_;  // as told
    IdentityChanged identityChanged_;
    SetAside setAside_;
    redis::Client client_;
    redis::Store store_;
    redis::LogReader reader_;
    std::vector<Hub*> hubs_;
    std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
    std::map<std::string, TerritoryBoard, std::less<>> boards_;
    std::deque<Arrival> arrivals_;
    Gathering gathering_;
    redis::Timer patience_;
    redis::Timer news_, sweepTimer_;
    std::string history_, readerHistory_;  // that each connection is on; empty: not connected
    std::string loaded_;                   // the history of the boards
    std::string storeId_;
    std::set<std::string> stale_;  // territories of which a change was missed, or could not be read
    bool replaced_ = false;        // a log was: the next epoch is another, though the history is the same
    Date firstDay_{};              // of all boards
    bool woken_ = false, reload_ = false, stopping_ = false, available_ = false;
};

}  // namespace placette::hub
