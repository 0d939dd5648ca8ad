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
    std::string token, writer_token, territory, from;
    std::size_t watchers = 1000, cells = 420;
    std::optional<double> rate;
    std::optional<std::size_t> window;
    double seconds = 10, warmup = 2, patience = 30;
};

}  // namespace load
