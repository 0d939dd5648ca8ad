// What the command line says.
#pragma once

#include <sys/types.h>

#include <optional>
#include <string>
#include <vector>

namespace load {

struct Options {
    std::string target, address;
    std::vector<pid_t> pids, apart_pids;
    std::string token, writer_token, territory, from, places;
    std::size_t watchers = 1000, connections = 10000, clients = 64, cells = 420, changes = 50, publishers = 1;
    std::optional<double> rate;
    std::optional<std::size_t> window;
    double seconds = 10, warmup = 2, settle = 2, patience = 30;
    double jitter = 0;  // ms
};

}  // namespace load
