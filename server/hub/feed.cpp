#include "hub/feed.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <spdlog/spdlog.h>

#include "hub/hub.hpp"
#include "hub/loading.hpp"
#include "redis/function_library.hpp"
#include "redis/keys.hpp"
#include "redis/server_info.hpp"

namespace placette::hub {

namespace net = redis::net;
namespace keys = redis::keys;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::chrono::seconds snapshotTime{5};
constexpr std::chrono::milliseconds sweepEvery{250};

Instant now() { return std::chrono::time_point_cast<std::chrono::milliseconds>(std::chrono::system_clock::now()); }

void endOnBug(std::exception_ptr bug) {
    if (bug) std::rethrow_exception(bug);
}

std::string field(const redis::RawEntry& entry, std::string_view name) {
    for (std::size_t i = 0; i + 1 < entry.fields.size(); i += 2)
        if (entry.fields[i] == name) return entry.fields[i + 1];
    return {};
}

std::string territoryOfLog(const std::string& stream) { return stream.substr(1, stream.find('}') - 1); }

}  // namespace

Feed::Feed(net::io_context& context, redis::Endpoint endpoint, observe::Metrics& metrics,
           IdentityChanged identityChanged)
    : context_(context),
      metrics_(metrics),
      identityChanged_(std::move(identityChanged)),
      client_(context, endpoint, redis::Client::Options{"feed"},
              redis::Client::Hooks{[this](redis::Client& client) { return connected(client); },
                                   [this] {
                                       runId_.clear();
                                       connectionChanged();
                                   }}),
      store_(client_),
      reader_(context, endpoint,
              redis::LogReader::Hooks{[this](const std::string& runId) {
                                          readerRunId_ = runId;
                                          connectionChanged();
                                      },
                                      [this] {
                                          readerRunId_.clear();
                                          connectionChanged();
                                      },
                                      [this](const std::string& stream, std::vector<redis::RawEntry> entries) {
                                          arrivals_.push_back({stream, std::move(entries)});
                                          news_.cancel();
                                      },
                                      [this](const std::string&) {
                                          reload_ = true;
                                          news_.cancel();
                                      }}),
      news_(context),
      sweepTimer_(context) {}

Feed::~Feed() = default;

void Feed::start(std::vector<Hub*> hubs) {
    hubs_ = std::move(hubs);
    client_.start();
    reader_.start();
    net::co_spawn(context_, follow(), endOnBug);
    net::co_spawn(context_, sweep(), endOnBug);
}

void Feed::stop() {
    stopping_ = true;
    reader_.stop();
    client_.stop();
    news_.cancel();
    sweepTimer_.cancel();
}

Awaitable<bool> Feed::connected(redis::Client& client) {
    const auto runId = co_await redis::serverRunId(client);
    if (!runId) co_return false;
    const bool loaded = co_await redis::loadLibrary(client);
    if (loaded) {
        runId_ = *runId;
        connectionChanged();
    }
    co_return loaded;
}

void Feed::connectionChanged() { news_.cancel(); }

void Feed::post(std::function<void(Hub&)> work) {
    for (auto* hub : hubs_) net::post(hub->context(), [hub, work] { work(*hub); });
}

void Feed::setAvailable(bool available) {
    if (std::exchange(available_, available) == available) return;
    spdlog::info(available ? "the store answers" : "the store is lost");
    metrics_.storeAvailable.Set(available ? 1 : 0);
    post([available](Hub& hub) { hub.onStoreAvailable(available); });
}

// Both connections must be on the same Redis process. Another process than the boards were loaded from is a new
// epoch: all is read anew, so that a lost tail of the log can never be mistaken for the present.
Awaitable<void> Feed::follow() {
    while (!stopping_) {
        const bool connected = !runId_.empty() && runId_ == readerRunId_;
        if (!connected) setAvailable(false);
        if (connected && (reload_ || loadedRunId_ != runId_)) {
            reload_ = false;
            arrivals_.clear();
            const bool loaded = co_await load();
            if (!loaded) reload_ = true;
        }
        if (connected && !reload_ && loadedRunId_ == runId_) setAvailable(true);
        while (!arrivals_.empty() && !reload_) {
            auto arrival = std::move(arrivals_.front());
            arrivals_.pop_front();
            auto work = arrival.stream == keys::accountsLog ? applyIdentity(std::move(arrival)) : apply(std::move(arrival));
            co_await std::move(work);
        }
        const bool changed = !arrivals_.empty() || (reload_ && connected);
        co_await redis::pause(news_, changed ? std::chrono::milliseconds{50} : std::chrono::hours{1});
    }
}

Awaitable<bool> Feed::load() {
    const auto began = Clock::now();
    const auto runId = runId_;
    const auto storeId = co_await redis::storeId(client_);
    if (!storeId) co_return false;
    storeId_ = *storeId;
    reader_.clear();
    auto ids = co_await territoryIds(client_);
    if (!ids) co_return false;
    std::map<std::string, Directory::Entry, std::less<>> entries;
    const auto epoch = epochOf(storeId_, runId);
    for (const auto& id : *ids) {
        const bool loaded = co_await loadHead(id, epoch, entries);
        if (!loaded) co_return false;
    }
    const bool cells = co_await eachStoredCell(client_, "{*}:cells:*", [this](const std::string& id, CellState state) {
        if (const auto board = boards_.find(id); board != boards_.end()) board->second.load(state);
    });
    if (!cells || runId_ != runId) co_return false;
    loadedRunId_ = runId;
    publish(std::move(entries));
    for (auto& [id, board] : boards_) open(id, board);
    reader_.add(keys::accountsLog, redis::LogReader::newest);
    std::size_t count = 0;
    for (const auto& [id, board] : boards_) count += board.cells();
    metrics_.cells.Set(static_cast<double>(count));
    spdlog::info("loaded {} territories, {} cells in {} ms", boards_.size(), count,
                 std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - began).count());
    co_return true;
}

// The document and the log's head, before the cells: what changes while they are read comes again from the log.
Awaitable<bool> Feed::loadHead(std::string id, std::string epoch,
                               std::map<std::string, Directory::Entry, std::less<>>& entries) {
    const auto head = co_await logHead(client_, id);
    if (!head) co_return false;
    auto entry = co_await storedTerritory(store_, id);
    if (!entry) co_return false;
    const auto holds = co_await storedHolds(client_, id);
    if (!holds) co_return false;
    auto& board = boards_.try_emplace(id, context_).first->second;
    board.restart(epoch, *head);
    for (const auto& [booking, expires] : *holds) board.hold(booking, expires);
    if (*entry) entries[id] = *entry;
    co_return true;
}

// A territory that came while the server runs.
Awaitable<bool> Feed::loadTerritory(std::string id) {
    auto entries = directory_->territories();
    const bool head = co_await loadHead(id, epochOf(storeId_, loadedRunId_), entries);
    if (!head) co_return false;
    auto& board = boards_.find(id)->second;
    const bool cells = co_await eachStoredCell(client_, "{" + id + "}:cells:*",
                                               [&board](const std::string&, CellState state) { board.load(state); });
    if (!cells) co_return false;
    publish(std::move(entries));
    open(id, board);
    co_return true;
}

void Feed::open(const std::string& id, const TerritoryBoard& board) {
    post([id, epoch = board.epoch(), head = board.head()](Hub& hub) { hub.onReset(id, epoch, head); });
    reader_.add(keys::log(id), std::to_string(board.head()) + "-0");
}

void Feed::publish(std::map<std::string, Directory::Entry, std::less<>> entries) {
    directory_ = std::make_shared<const Directory>(std::move(entries));
    post([directory = directory_](Hub& hub) { hub.onDirectory(directory); });
}

Awaitable<void> Feed::apply(Arrival arrival) {
    const auto id = territoryOfLog(arrival.stream);
    const auto found = boards_.find(id);
    if (found == boards_.end()) co_return;
    auto& board = found->second;
    std::vector<Change> changes;
    for (const auto& raw : arrival.entries) {
        auto entry = std::make_shared<redis::LogEntry>(redis::decodeLogEntry(raw.offset(), raw.fields));
        if (entry->offset <= board.head()) continue;
        if (entry->facilitiesChanged) {
            auto known = co_await storedTerritory(store_, id);
            if (!known) {
                reload_ = true;
                co_return;
            }
            auto entries = directory_->territories();
            if (*known) entries[id] = *known;
            publish(std::move(entries));
        }
        board.apply(*entry);
        changes.push_back(std::move(entry));
    }
    metrics_.changes.Increment(static_cast<double>(changes.size()));
    post([id, changes = std::move(changes)](Hub& hub) { hub.onChanges(id, changes); });
}

Awaitable<void> Feed::applyIdentity(Arrival arrival) {
    for (const auto& entry : arrival.entries) {
        const auto kind = field(entry, "kind"), id = field(entry, "id");
        if (kind != "territory") {
            identityChanged_(kind, id);
        } else if (!boards_.contains(id)) {
            const bool loaded = co_await loadTerritory(id);
            if (!loaded) reload_ = true;
        }
    }
}

Awaitable<Result<std::shared_ptr<const Snapshot>>> Feed::snapshot(BoardFilter filter, std::int64_t minOffset) {
    const auto giveUp = Clock::now() + snapshotTime;
    const auto found = boards_.find(filter.territory);
    if (found == boards_.end()) co_return problem(ProblemType::store_unavailable, "the board is not loaded");
    auto& board = found->second;
    while (board.head() < minOffset) {
        if (Clock::now() >= giveUp) co_return problem(ProblemType::store_unavailable, "the board lags behind");
        co_await board.changed(std::chrono::milliseconds{100});
    }
    co_return board.snapshot(filter, *directory_, minOffset);
}

Awaitable<void> Feed::sweep() {
    while (!stopping_) {
        co_await redis::pause(sweepTimer_, sweepEvery);
        if (!available_) continue;
        std::vector<std::string> due;
        for (const auto& [id, board] : boards_)
            if (board.anyDue(now())) due.push_back(id);
        for (const auto& id : due) co_await sweepTerritory(id);
    }
}

Awaitable<void> Feed::sweepTerritory(std::string id) {
    for (bool more = true; more && available_;) {
        // Named: GCC 12 destroys temporaries of a co_await expression twice.
        const WriteHeader header;
        const Command sweep = Sweep{};
        const auto result = co_await store_.execute(id, header, sweep);
        if (!result) co_return;
        more = result->moreDue;
    }
}

}  // namespace placette::hub
