// One filter over one territory's log, shared by all sessions of a thread that watch it. It remembers which
// changes match; a session is a cursor: the last offset that it was told. What several sessions have to be
// told alike is encoded once.
//
// Single-threaded, no I/O.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hub/ring.hpp"
#include "protocol/parts.hpp"

namespace placette::hub {

struct Subscription;

class Channel {
public:
    // Up to this many pending changes are sent one by one, in one batch; more are merged into one delta.
    static constexpr std::size_t mergeAbove = 4;
    static constexpr std::size_t mergedKept = 64;

    Channel(std::string id, std::string territory, std::string epoch)
        : id_(std::move(id)), territory_(std::move(territory)), epoch_(std::move(epoch)) {}
    virtual ~Channel() = default;
    Channel(const Channel&) = delete;

    const std::string& id() const { return id_; }
    const std::string& territory() const { return territory_; }
    const std::string& epoch() const { return epoch_; }

    void fill(const Ring&);             // once, when the channel is made
    bool offer(const Change&);          // true: it matches
    void trim(std::int64_t ringStart);  // the ring has dropped the changes up to it

    struct Pending {
        std::vector<Shared> notifications;  // one JSON-RPC notification each
        std::int64_t told = 0;              // the cursor once they are written
    };
    // nullopt: the log does not reach back to `told`: a snapshot is due.
    std::optional<Pending> pending(std::int64_t told);
    std::int64_t start() const { return start_; }
    bool reaches(std::int64_t told) const { return told >= start_; }
    bool hasNews(std::int64_t told) const {
        return !matches_.empty() && told < matches_.back().change->offset;
    }

    virtual bool personal() const = 0;  // about persons: a snapshot is read by the client anew

    std::vector<Subscription*> subscribers;  // kept by Hub

protected:
    virtual bool matches(const redis::LogEntry&) const = 0;
    // What (from, offset of the last] brought: last states, as notifications.
    virtual std::vector<Shared> encode(const std::vector<const redis::LogEntry*>&,
                                       std::int64_t from) const = 0;

private:
    struct Match {
        Change change;
        std::vector<Shared> notifications;  // encoded when first needed
    };
    std::int64_t fromOf(std::size_t index) const;
    const std::vector<Shared>& single(std::size_t index);
    const std::vector<Shared>& merged(std::size_t first);

    std::string id_, territory_, epoch_;
    std::int64_t start_ = 0;
    std::deque<Match> matches_;
    std::map<std::int64_t, std::vector<Shared>>
        merged_;  // by the offset it starts from; until the next match
};

}  // namespace placette::hub
