// One filter over one territory's log, shared by all sessions of a thread that watch it. It remembers which
// changes match; a session is a cursor: the last offset that it was told. What several sessions have to be
// told alike is put together once.
//
// Single-threaded, no I/O.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <vector>

#include "hub/ring.hpp"
#include "hub/subscribers.hpp"
#include "protocol/parts.hpp"

namespace placette::hub {

// What a cursor has to be told.
struct News {
    std::vector<Shared> notifications;  // one JSON-RPC notification each
    Message message;                    // all of them, ready to be written
    std::int64_t told = 0;              // the cursor once they are written
};

class Channel {
public:
    // Up to this many pending changes are sent one by one, in one batch; more are merged into one delta.
    static constexpr std::size_t mergeAbove = 4;
    static constexpr std::size_t mergedKept = 64;
    static constexpr std::size_t mergedBytesKept = 8u << 20;

    Channel(std::string id, std::string territory, std::string epoch)
        : id_(std::move(id)), territory_(std::move(territory)), epoch_(std::move(epoch)) {}
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;

    const std::string& id() const { return id_; }
    const std::string& territory() const { return territory_; }
    const std::string& epoch() const { return epoch_; }

    void fill(const Ring&);             // when the channel is made
    bool offer(const Change&);          // true: it matches
    void trim(std::int64_t ringStart);  // the ring has dropped the changes up to it
    // The ring reaches back now, by the changes `earlier`, or as many of them as it had room for.
    void reachBack(const std::vector<Change>& earlier, std::int64_t ringStart);

    // Whether the log tells all that followed `told`; if not, a snapshot is due.
    bool reaches(std::int64_t told) const { return told >= start_; }
    std::int64_t start() const { return start_; }

    // Where it reaches `told`: null when there is nothing to tell.
    std::shared_ptr<const News> news(std::int64_t told);
    // Where it reaches `told`: the last states of what changed since, as a JSON array.
    Shared changedSince(std::int64_t told);

    virtual bool personal() const = 0;  // about persons: a snapshot is read by the client anew

    // The first day that it is about, where that moves with the days; and the notification that says so.
    Date from() const { return from_; }
    const Shared& moved() const { return moved_; }
    virtual bool moveTo(Date) { return false; }  // true: what was before that day has left

    // Kept by Hub:
    Subscribers subscribers;
    std::size_t untold = 0;  // changes since the last sweep
    bool fetching = false;   // a snapshot for those behind

protected:
    using Changes = std::vector<const LoggedChange*>;

    virtual bool matches(const redis::LogEntry&) const = 0;
    // What (from, offset of the last] brought: last states, as notifications.
    virtual std::vector<Shared> notifications(const Changes&, std::int64_t from) const = 0;
    virtual std::string lastStates(const Changes&) const = 0;
    void move(Date from, Shared notification) {
        from_ = from;
        moved_ = std::move(notification);
    }

private:
    using NewsPtr = std::shared_ptr<const News>;
    struct Match {
        Change change;
        std::vector<Shared> notifications;  // made when first needed
    };
    std::size_t firstAfter(std::int64_t told) const;  // an index; matches_.size(): none
    std::int64_t fromOf(std::size_t index) const;
    Changes changesFrom(std::size_t first) const;
    const std::vector<Shared>& single(std::size_t index);
    NewsPtr gather(std::size_t first);
    void forgetMerged();
    void boundMerged();

    std::string id_, territory_, epoch_;
    Date from_ = Date::min();
    Shared moved_;
    std::int64_t start_ = 0;
    std::deque<Match> matches_;
    // The last answer: most cursors stand alike.
    std::int64_t askedFrom_ = -1;
    NewsPtr asked_;
    // By the offset they start from; until the next match.
    std::map<std::int64_t, NewsPtr> news_;
    std::map<std::int64_t, Shared> changedSince_;
    std::size_t mergedBytes_ = 0;  // of both
};

}  // namespace placette::hub
