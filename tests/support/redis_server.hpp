// A redis-server of a test's own: on a unix socket in a temporary folder, without persistence; stopped and
// removed with the object.
#pragma once

#include <sys/types.h>

#include <memory>
#include <string>
#include <vector>

#include "redis/reply.hpp"

struct redisContext;

namespace placette::test {

class RedisServer {
public:
    RedisServer();  // throws std::runtime_error if it does not start
    ~RedisServer();
    RedisServer(const RedisServer&) = delete;

    const std::string& socket() const { return socket_; }
    pid_t pid() const { return pid_; }

private:
    void stop();

    std::string folder_;
    std::string socket_;
    pid_t pid_ = -1;
};

// A blocking connection, for tests alone; throws std::runtime_error when it is lost.
class RedisConnection {
public:
    explicit RedisConnection(const std::string& socket);

    redis::Reply command(const std::vector<std::string>& arguments);
    void send(
        const std::vector<std::string>& arguments);  // pipelined: answered by the next receive(), in order
    redis::Reply receive();

private:
    struct Close {
        void operator()(redisContext*) const;
    };
    std::unique_ptr<redisContext, Close> context_;
};

}  // namespace placette::test
