// What processes use: time and memory.
#pragma once

#include <unistd.h>

#include <vector>

#include "clock.hpp"

namespace load {

struct Cpu {
    double user = 0, system = 0;  // seconds
};

// The time that these processes use on the processor from here on.
class CpuMeter {
public:
    explicit CpuMeter(std::vector<pid_t> pids) : pids_(std::move(pids)), start_(read()) {}
    Cpu used() const;

private:
    // The kernel counts the whole in nanoseconds, and its two parts in ticks of 10 ms.
    struct Reading {
        Nanos whole = 0;
        long user_ticks = 0, system_ticks = 0;
    };
    Reading read() const;

    std::vector<pid_t> pids_;
    Reading start_;
};

long resident_kib(const std::vector<pid_t>&);

}  // namespace load
