// Follows the logs of any number of territories: on one connection for each 64 of them, because what Redis
// does for a change grows with the logs that its reader names.
//
// It is up when all its connections are, on one Redis. A connection that a further log has made
// necessary counts from its first moment up. For the rest, what LogFollower says holds.
#pragma once

#include <deque>
#include <map>
#include <optional>
#include <string>

#include "redis/log_follower.hpp"

namespace placette::redis {

class LogReader {
public:
    using Hooks = LogFollower::Hooks;
    static constexpr std::size_t logsPerConnection = 64;
    static constexpr const std::string& newest = LogFollower::newest;

    LogReader(net::io_context&, Endpoint, Hooks);
    LogReader(const LogReader&) = delete;

    void start();
    void stop();

    void add(std::string stream, std::string from);
    void remove(const std::string& stream);

private:
    struct Member {
        std::optional<LogFollower> follower;
        std::size_t logs = 0;
        std::optional<std::string> history{};  // empty: the connection is lost; none: it was never there
    };
    Member& memberFor(const std::string& stream);
    Member& newMember();
    void tell();

    net::io_context& io_;
    const Endpoint endpoint_;
    const Hooks hooks_;
    bool started_ = false;
    std::deque<Member> members_;
    std::map<std::string, Member*> memberOf_;
    std::string history_;  // as told; empty: down
};

}  // namespace placette::redis
