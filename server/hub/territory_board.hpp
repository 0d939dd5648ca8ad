// A territory's board with its place in the log, its snapshots, and the holds that will end. On the feed's
// thread.
#pragma once

#include <chrono>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/board.hpp"
#include "hub/ring.hpp"
#include "hub/snapshot.hpp"
#include "placette/domain/directory.hpp"
#include "redis/timer.hpp"

namespace placette::hub {

// A territory as read from Redis: what changed after `head` comes again from the log.
struct Loaded {
    std::string epoch;
    std::int64_t head = 0;
    Board board;
    std::map<std::string, Instant> holds;  // by booking: when they end
};

class TerritoryBoard {
public:
    using Clock = std::chrono::steady_clock;
    static constexpr std::chrono::milliseconds snapshotEvery{250};  // encoded at most that often a filter
    static constexpr std::size_t snapshotsKept = 64;
    static constexpr std::chrono::seconds snapshotKept{10};  // after its last use
    // A client that resumes from further back reads in the log of Redis:
    static constexpr std::chrono::minutes quietAfter{10};
    static constexpr std::size_t largeChange = 64;  // cells: an import
    static constexpr std::chrono::seconds largeKept{10};

    explicit TerritoryBoard(redis::net::io_context& context) : context_(context) {}

    // All anew, in one step: nobody sees a board half loaded.
    void restart(Loaded);
    bool apply(const Change&);  // false: an earlier change of a cell was missed
    void startAt(Date first);

    const std::string& epoch() const { return epoch_; }
    std::int64_t head() const { return log_.head(); }
    // What the hubs' logs hold too.
    const Ring& log() const { return log_; }
    void reachBack(const std::vector<Change>& earlier);
    // Lets go of what is no longer worth its memory. The log's new start, if it has one.
    std::optional<std::int64_t> forget(Clock::time_point now);
    struct Reach {
        bool underWay = false;        // earlier changes are being read
        std::int64_t unreached = -1;  // the log is not read back to this offset: gone, or too much
    } reach;
    std::size_t cells() const { return board_.size(); }
    struct Figures {
        std::size_t held = 0;   // places
        std::size_t stale = 0;  // cells of the days [from, until)
    };
    Figures figures(Date from, Date until, Instant now) const;
    // At `minOffset` or later, which must be ≤ head().
    std::shared_ptr<const Snapshot> snapshot(const BoardFilter&, const Directory&, std::int64_t minOffset);

    DayCounts counts(const Facility& facility, const std::vector<Date>& dates) const {
        return board_.counts(facility, dates);
    }

    bool anyDue(Instant now) const;

    // Until the next change, at most so long: whoever waits for an offset looks again.
    redis::Awaitable<void> changed(std::chrono::milliseconds atMost);

private:
    struct Cached {
        Clock::time_point encoded, used;
        std::shared_ptr<const Snapshot> snapshot;
    };
    void wakeWaiting();
    void dropOldestSnapshot();

    redis::net::io_context& context_;
    std::vector<redis::Timer*> waiting_;
    std::string epoch_;
    Ring log_;
    Clock::time_point changed_{};
    struct Large {
        std::int64_t offset;
        Clock::time_point came;
    };
    std::optional<Large> large_;  // the last one in the log
    Board board_;
    std::map<std::string, Cached> snapshots_;
    std::map<std::string, Instant> holds_;
};

}  // namespace placette::hub
