// What a supervisor needs to know of a redis-server, and how it starts one.
#pragma once

#include <sys/types.h>

#include <string>

#include "redis/data_folder.hpp"

namespace placette::redis {

struct Probe {
    enum class State {
        absent,   // nobody accepts connections
        silent,   // somebody does and does not answer
        loading,  // it reads its data
        ready,
    };
    State state = State::absent;
    pid_t pid = 0;  // of loading and ready ones, as is the folder
    std::string folder;
};
Awaitable<Probe> probeRedis(net::io_context&, Endpoint);

// The redis-server that works in this folder, by its pid file; 0: none.
pid_t redisOf(const DataFolder&);

// A redis-server for this folder, in a session of its own, that inherits the lock and nothing else. The error
// is for the operator.
tl::expected<pid_t, std::string> spawnRedis(const std::string& program, const DataFolder&, const FileLock&);

}  // namespace placette::redis
