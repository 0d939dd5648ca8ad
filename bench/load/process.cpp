#include "process.hpp"

#include <unistd.h>

#include <fstream>
#include <iterator>
#include <sstream>
#include <stdexcept>
#include <string>

namespace load {

namespace {

std::string read_file(pid_t pid, const char* name) {
    std::ifstream file("/proc/" + std::to_string(pid) + "/" + name);
    if (!file) throw std::runtime_error("no process " + std::to_string(pid));
    return {std::istreambuf_iterator<char>(file), {}};
}

Nanos cpu_time(pid_t pid) {
    clockid_t clock{};
    timespec time{};
    if (clock_getcpuclockid(pid, &clock) != 0 || clock_gettime(clock, &time) != 0)
        throw std::runtime_error("no process " + std::to_string(pid));
    return time.tv_sec * second + time.tv_nsec;
}

}  // namespace

CpuMeter::Reading CpuMeter::read() const {
    Reading sum;
    for (const auto pid : pids_) {
        const auto stat = read_file(pid, "stat");
        // The name, in parentheses, may hold anything; utime and stime are the 12th and 13th fields after it.
        std::istringstream fields(stat.substr(stat.rfind(')') + 1));
        std::string other;
        for (int i = 0; i < 11; ++i) fields >> other;
        long user = 0, system = 0;
        fields >> user >> system;
        sum.whole += cpu_time(pid);
        sum.user_ticks += user;
        sum.system_ticks += system;
    }
    return sum;
}

Cpu CpuMeter::used() const {
    const auto end = read();
    const auto whole = seconds(end.whole - start_.whole);
    const auto user = static_cast<double>(end.user_ticks - start_.user_ticks);
    const auto system = static_cast<double>(end.system_ticks - start_.system_ticks);
    const auto user_share = user + system > 0 ? user / (user + system) : 1;
    return {whole * user_share, whole * (1 - user_share)};
}

long resident_kib(const std::vector<pid_t>& pids) {
    long pages = 0;
    for (const auto pid : pids) {
        std::istringstream statm(read_file(pid, "statm"));
        long size = 0, resident = 0;
        statm >> size >> resident;
        pages += resident;
    }
    return pages * (sysconf(_SC_PAGESIZE) / 1024);
}

}  // namespace load
