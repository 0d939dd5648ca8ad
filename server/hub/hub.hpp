// One hub per worker thread: the shared log as this thread sees it, the channels over it, and the sessions
// that watch. Nothing here is called from another thread; the feed posts to it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hub/board_channel.hpp"
#include "hub/booking_channel.hpp"
#include "hub/filter.hpp"
#include "hub/ring.hpp"
#include "hub/snapshot.hpp"
#include "hub/watcher.hpp"
#include "placette/domain/directory.hpp"
#include "placette/domain/problem.hpp"
#include "redis/client.hpp"
#include "redis/timer.hpp"

namespace placette::hub {

using redis::Awaitable;

class Feed;

class Hub {
public:
    Hub(redis::net::io_context&, Feed&, OpenContact);

    std::shared_ptr<const Directory> directory() const { return directory_; }  // never null
    bool storeAvailable() const { return storeAvailable_; }
    bool emptied() const { return emptied_; }  // the store had territories, and came back without any
    Instant asOf() const;                      // when the boards were last known to be at the logs' heads
    std::string epoch(std::string_view territory) const;  // "" until its board is loaded
    const Ring* ring(std::string_view territory) const;   // null until its board is loaded

    // The cells of the filter, at `minOffset` or later: encoded by the board's thread, shared by all who ask
    // alike. `store_unavailable` where the board does not reach that offset in time.
    Awaitable<Result<std::shared_ptr<const Snapshot>>> snapshot(BoardFilter, std::int64_t minOffset);

    // The counts at `minOffset` or later, copied by the board's thread. Problems as for a snapshot.
    Awaitable<Result<Counts>> counts(CountsAsked, std::int64_t minOffset);

    // Resumes once this thread has taken in what is in the log up to `offset`: changes, and the directory
    // with them. `store_unavailable` where that is not in time.
    Awaitable<Result<void>> reach(std::string territory, std::int64_t offset);

    // Makes this thread's log reach back to `offset`, from the log in Redis if need be; false: it does not
    // reach that far, or is another epoch's.
    Awaitable<bool> reachBack(std::string territory, std::string epoch, std::int64_t offset);

    // The channel of that filter in the present epoch, made if need be. The territory's board must be loaded.
    std::shared_ptr<BoardChannel> channel(const BoardFilter&);
    std::shared_ptr<Channel> channel(const BookingFilter&);
    const OpenContact& openContact() const { return openContact_; }

    // From the feed, on this thread:
    void onChanges(const std::string& territory, const std::vector<Change>&);
    void onEarlier(const std::string& territory, const std::string& epoch, const std::vector<Change>&);
    void onForgotten(const std::string& territory, std::int64_t upTo);
    void onReset(const std::string& territory, const std::string& epoch, std::int64_t head);
    void onDirectory(std::shared_ptr<const Directory>);
    void onEmptied(bool emptied) { emptied_ = emptied; }
    void onFeedHistory(std::string);  // that the boards are of and go on with; empty: the store is lost

    // From the worker: its own connection, over which this thread's sessions write.
    void onWriterHistory(std::string);  // empty: the connection is lost
    // Boards and writer each have a history, and not the same: one has not seen yet what became of Redis.
    std::function<void()> onDifferent;  // set before the thread runs

    // From watchers:
    void add(Watcher&);
    void remove(Watcher&);
    void attach(Subscription&);
    void detach(Subscription&);
    void catchUp(Subscription&);  // a snapshot comes by Watcher::caughtUp

    void release() { pause_.reset(); }  // before the context goes

    redis::net::io_context& context() { return context_; }

private:
    struct Log {
        std::string epoch;
        Ring ring;
        std::map<std::string, std::shared_ptr<Channel>> channels;  // by id
    };
    void updateAvailable();
    void sweep();
    void sweepOn();

    redis::net::io_context& context_;
    Feed& feed_;
    OpenContact openContact_;
    std::shared_ptr<const Directory> directory_ = std::make_shared<Directory>();
    std::string feedHistory_, writerHistory_;
    bool storeAvailable_ = false;  // they are the same
    bool emptied_ = false;
    Instant lostAt_{};
    std::map<std::string, Log, std::less<>> logs_;
    std::vector<Watcher*> watchers_;
    std::vector<std::shared_ptr<Channel>> dirty_;  // those with changes untold
    std::optional<redis::Timer> pause_;
    bool busy_ = false;  // a sweep, or the pause after it
    struct Sweep {
        std::vector<std::shared_ptr<Channel>> channels{};  // that are still to be told
        std::size_t changes = 0;
        std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
        std::chrono::nanoseconds busy{};  // of the thread's time
    } sweep_;
    std::size_t turn_ = 0;
    std::size_t heldBack_ = 0;  // how often sessions were, until the last sweep
};

}  // namespace placette::hub
