#include "hub/feed.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>

#include "hub/clock.hpp"
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
constexpr std::chrono::milliseconds gatheringTime{5};  // at most
constexpr std::chrono::milliseconds sweepEvery{250};
constexpr std::chrono::milliseconds retryMin{50}, retryMax{5000};  // a load that failed

void endOnBug(std::exception_ptr bug) {
    if (bug) std::rethrow_exception(bug);
}

std::string field(const redis::RawEntry& entry, std::string_view name) {
    for (std::size_t i = 0; i + 1 < entry.fields.size(); i += 2)
        if (entry.fields[i] == name) return entry.fields[i + 1];
    return {};
}

std::string territoryOfLog(const std::string& stream) {
    return stream.substr(1, stream.find('}') - 1);
}

}  // namespace

Feed::Feed(net::io_context& context, redis::Endpoint endpoint, Documents& documents,
           redis::WritesUnderWay& writes, observe::Metrics& metrics, IdentityChanged identityChanged,
           SetAside setAside)
    : context_(context),
      documents_(documents),
      writes_(writes),
      metrics_(metrics),
      identityChanged_(std::move(identityChanged)),
      setAside_(std::move(setAside)),
      client_(context, endpoint, redis::Client::Options{"feed"},
              redis::Client::Hooks{[this](redis::Client& client) { return prepare(client); },
                                   [this] {
                                       history_.clear();
                                       wake();
                                   }}),
      store_(client_),
      reader_(context, endpoint,
              redis::LogReader::Hooks{
                  [this](const std::string& history) {
                      readerHistory_ = history;
                      wake();
                  },
                  [this] {
                      readerHistory_.clear();
                      wake();
                  },
                  [this](const std::string& stream, std::vector<redis::RawEntry> entries) {
                      arrived({stream, std::move(entries)});
                  },
                  [this](const std::string& stream, bool goneBack) { lost(stream, goneBack); }}),
      patience_(context),
      news_(context),
      sweepTimer_(context) {}

Feed::~Feed() = default;

void Feed::start(std::vector<Hub*> hubs) {
    hubs_ = std::move(hubs);
    // Before anything is loaded, and across lost connections: no revocation is missed.
    reader_.add(keys::accountsLog, redis::LogReader::newest);
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
    patience_.cancel();
}

Awaitable<bool> Feed::prepare(redis::Client& client) {
    const auto history = co_await redis::prepared(client);
    if (!history) co_return false;
    history_ = *history;
    wake();
    co_return true;
}

void Feed::wake() {
    woken_ = true;
    news_.cancel();
}

// A revocation waits for no board. What comes before boards are loaded anew is in them then.
void Feed::arrived(Arrival arrival) {
    if (arrival.stream == keys::accountsLog) {
        std::erase_if(arrival.entries, [this](const redis::RawEntry& entry) {
            const auto kind = field(entry, "kind");
            if (kind != "territory") identityChanged_(kind, field(entry, "id"));
            return kind != "territory";
        });
    } else if (reload_) {
        return;
    }
    if (arrival.entries.empty()) return;
    arrivals_.push_back(std::move(arrival));
    wake();
}

void Feed::post(const std::function<void(Hub&)>& work) {
    tellGathered();
    for (auto* hub : hubs_) net::post(hub->context(), [hub, work] { work(*hub); });
}

// A log that is not the one that was read was replaced behind our back: whoever has seen more of the first
// must be able to tell, so the store gets another id, and with it another epoch. Else what was missed stands
// in the territory's state.
void Feed::lost(const std::string& stream, bool replaced) {
    if (stream == keys::accountsLog) {
        reader_.add(stream, redis::LogReader::newest);
        identityChanged_("all", "");
        reload_ = true;
    } else if (replaced) {
        spdlog::error("{} is not the log that was read: a new epoch begins", stream);
        replaced_ = reload_ = true;
    } else {
        stale_.insert(territoryOfLog(stream));
    }
    wake();
}

void Feed::setAvailable(bool available) {
    if (std::exchange(available_, available) == available) return;
    spdlog::info(available ? "the store answers" : "the store is lost");
    metrics_.storeAvailable.Set(available ? 1 : 0);
    if (available && lostAt_) {
        metrics_.storeAwaySeconds.Increment(std::chrono::duration<double>(Clock::now() - *lostAt_).count());
        lostAt_.reset();
    } else if (!available) {
        metrics_.storeLost.Increment();
        lostAt_ = Clock::now();
    }
    post([history = available ? loaded_ : std::string()](Hub& hub) { hub.onFeedHistory(history); });
}

// Both connections must be on the same Redis, in the same history. Another one than the boards were loaded
// from is a new epoch: all is read anew, so that a lost tail of the log can never be mistaken for the
// present.
Awaitable<void> Feed::follow() {
    std::chrono::milliseconds retry = retryMin;
    while (!stopping_) {
        woken_ = false;
        if (!history_.empty() && !readerHistory_.empty() && history_ != readerHistory_)
            client_.drop("its history is not the one that the logs are read from");
        if (connected() && (reload_ || loaded_ != history_)) {
            setAvailable(false);
            reload_ = false;
            stale_.clear();
            std::erase_if(arrivals_,
                          [](const Arrival& arrival) { return arrival.stream != keys::accountsLog; });
            const bool loaded = co_await load();
            if (!loaded) reload_ = true;
            retry = loaded ? retryMin : std::min(2 * retry, retryMax);
        }
        if (!reload_ && connected() && !stale_.empty()) co_await reloadStale();
        setAvailable(connected() && !reload_ && loaded_ == history_);
        while (!arrivals_.empty() && !reload_ && stale_.empty()) {
            auto arrival = std::move(arrivals_.front());
            arrivals_.pop_front();
            const bool ofAccounts = arrival.stream == keys::accountsLog;
            // Perhaps of another history than the boards: its offsets mean nothing to them.
            if (!ofAccounts && readerHistory_ != loaded_) {
                reload_ = true;
                break;
            }
            auto work = ofAccounts ? openTerritories(std::move(arrival)) : apply(std::move(arrival));
            co_await std::move(work);
        }
        if (reload_ && connected())
            co_await redis::pause(news_, retry);
        else if (!woken_)
            co_await redis::pause(news_, std::chrono::hours{1});
    }
}

Awaitable<void> Feed::apply(Arrival arrival) {
    const auto id = territoryOfLog(arrival.stream);
    const auto found = boards_.find(id);
    if (found == boards_.end()) co_return;
    auto& board = found->second;
    std::vector<Change> changes;
    for (const auto& raw : arrival.entries) {
        if (raw.offset() <= board.head()) continue;
        const auto change = decoded(raw);
        if (!change) {  // of another version, or damaged: what it did stands in the territory's state
            stale_.insert(id);
            wake();
            break;
        }
        if (change->entry.facilitiesChanged) {
            announce(id, std::exchange(changes, {}));
            const bool published = co_await publishTerritory(id);
            if (!published) {
                reload_ = true;
                break;
            }
        }
        if (!change->entry.aside.empty()) setAside_(id, change->entry.aside);
        const bool complete = board.apply(change);
        changes.push_back(change);
        if (!complete) {  // the log was changed behind our back: what it held is not known
            lost(arrival.stream, true);
            break;
        }
    }
    announce(id, std::move(changes));
}

void Feed::announce(const std::string& id, std::vector<Change> changes) {
    if (changes.empty()) return;
    metrics_.changes.Increment(static_cast<double>(changes.size()));
    if (const auto at = changes.back()->entry.at)
        metrics_.changeLag.Observe(std::chrono::duration<double>(now() - *at).count());
    const bool first = gathering_.empty();
    gathering_.add(id, std::move(changes), writes_.count());
    if (gathering_.complete()) return tellGathered();
    if (!first) return;
    patience_.expires_after(gatheringTime);
    patience_.async_wait([this](const boost::system::error_code& error) {
        if (!error) tellGathered();
    });
}

void Feed::tellGathered() {
    if (gathering_.empty()) return;
    patience_.cancel();
    const auto gathered = std::make_shared<const std::vector<Gathering::Announcement>>(gathering_.take());
    for (auto* hub : hubs_)
        net::post(hub->context(), [hub, gathered] {
            for (const auto& [territory, changes] : *gathered) hub->onChanges(territory, changes);
        });
}

Awaitable<bool> Feed::publishTerritory(std::string id) {
    std::vector<std::string> one{id};
    const auto known = co_await storedTerritories(store_, documents_, std::move(one));
    if (!known) co_return false;
    if (known->front()) publish(directory_->with(known->front()));
    co_return true;
}

Awaitable<void> Feed::openTerritories(Arrival arrival) {
    for (const auto& entry : arrival.entries) {
        const auto id = field(entry, "id");
        if (boards_.contains(id)) continue;
        const bool loaded = co_await loadTerritory(id, true);
        if (!loaded) reload_ = true;
    }
}

Awaitable<void> Feed::reloadStale() {
    while (!stale_.empty() && !reload_) {
        const auto id = *stale_.begin();
        stale_.erase(stale_.begin());
        spdlog::info("territory {} is loaded anew", id);
        const bool loaded = co_await loadTerritory(id, false);
        if (!loaded) reload_ = true;
    }
}

// Once it has come as far as that, and the hubs are told so.
Awaitable<Result<TerritoryBoard*>> Feed::boardAt(std::string territory, std::int64_t minOffset) {
    const auto giveUp = Clock::now() + snapshotTime;
    const auto found = boards_.find(territory);
    if (found == boards_.end()) co_return problem(ProblemType::store_unavailable, "the board is not loaded");
    auto& board = found->second;
    while (board.head() < minOffset) {
        if (Clock::now() >= giveUp)
            co_return problem(ProblemType::store_unavailable, "the board lags behind");
        co_await board.changed(std::chrono::milliseconds{100});
    }
    tellGathered();
    co_return &board;
}

Awaitable<Result<std::shared_ptr<const Snapshot>>> Feed::snapshot(BoardFilter filter,
                                                                  std::int64_t minOffset) {
    const auto board = co_await boardAt(filter.territory, minOffset);
    if (!board) co_return tl::unexpected(board.error());
    co_return (*board)->snapshot(filter, *directory_, minOffset);
}

// Copied: what is worked out from them takes longer than the feed may stand still.
Awaitable<Result<Counts>> Feed::counts(CountsAsked asked, std::int64_t minOffset) {
    const auto board = co_await boardAt(asked.territory->territory.id, minOffset);
    if (!board) co_return tl::unexpected(board.error());
    Counts counts;
    for (const auto* facility : asked.facilities)
        counts.push_back((*board)->counts(*facility, asked.dates));
    co_return counts;
}

Awaitable<Result<void>> Feed::reach(std::string territory, std::int64_t offset) {
    const auto board = co_await boardAt(std::move(territory), offset);
    if (!board) co_return tl::unexpected(board.error());
    co_return Result<void>{};
}

Awaitable<void> Feed::sweep() {
    while (!stopping_) {
        co_await redis::pause(sweepTimer_, sweepEvery);
        if (!available_) continue;
        forget();
        look();
        std::vector<std::string> due;
        for (const auto& [id, board] : boards_)
            if (board.anyDue(now())) due.push_back(id);
        for (const auto& id : due) co_await sweepTerritory(id);
    }
}

// At one territory a time: there may be a thousand.
void Feed::look() {
    auto next = boards_.upper_bound(lookedAt_);
    if (next == boards_.end()) next = boards_.begin();
    if (next == boards_.end()) return;
    lookedAt_ = next->first;
    tellCells();
    const auto today = date::floor<date::days>(now());
    const auto figures = next->second.figures(today, today + date::days{7}, now());
    auto& known = figures_[next->first];
    metrics_.placesHeld.Increment(static_cast<double>(figures.held) - static_cast<double>(known.held));
    metrics_.staleCells.Increment(static_cast<double>(figures.stale) - static_cast<double>(known.stale));
    known = figures;
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
