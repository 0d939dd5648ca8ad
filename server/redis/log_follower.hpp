// Follows some logs (Redis streams) on one connection of its own, which reconnects by itself.
//
// It belongs to the thread that runs its io_context, and calls its hooks there: never before start(), never
// after stop(). A hook may call add() and remove(). Entries of a log come in order, each once.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "redis/client.hpp"

namespace placette::redis {

struct RawEntry {
    std::string id;                   // "<offset>-0" in a territory's log
    std::vector<std::string> fields;  // name, value, name, value, …

    std::int64_t offset() const;  // the id's first number
};

std::vector<RawEntry> toEntries(Reply&&);  // of XRANGE

class LogFollower {
public:
    struct Hooks {                                           // all of them set
        std::function<void(const std::string& history)> up;  // of the Redis that is read from now on
        std::function<void()> down;                          // once per loss
        std::function<void(const std::string& stream, std::vector<RawEntry>)> entries;
        // The log no longer holds what comes after the last entry seen, or (`goneBack`) ends before it, in
        // the same history. The stream is not followed any more: read its state, then add() it again.
        std::function<void(const std::string& stream, bool goneBack)> gap;
    };

    LogFollower(net::io_context&, Endpoint, Hooks);
    ~LogFollower();
    LogFollower(const LogFollower&) = delete;

    void start();
    void stop();

    // From after `from`, read within 100 ms. "<offset>-0": a log whose offsets grow by one; a hole is a gap.
    // `newest`: only what comes from now on, with any ids. A stream that is followed already begins anew.
    static inline const std::string newest = "$";
    void add(std::string stream, std::string from);
    void remove(const std::string& stream);

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace placette::redis
