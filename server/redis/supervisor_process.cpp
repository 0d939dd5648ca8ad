#include "redis/supervisor_process.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <system_error>

#include "redis/connection.hpp"
#include "redis/server_info.hpp"

namespace placette::redis {
namespace {

constexpr std::chrono::milliseconds answerTime{1000};
constexpr std::uintmax_t longLog = 1u << 20;

// Every acknowledged change is on the disk (appendfsync always); the append-only file is the only copy. It is
// rewritten seldom: that takes a core for a while, and to read 256 MiB at the start takes a second or two.
std::vector<std::string> settings(const std::string& program, const DataFolder& folder) {
    // clang-format off
    return {program,
            "--port", "0",
            "--unixsocket", folder.endpoint().socket,
            "--unixsocketperm", "700",
            "--dir", folder.path(),
            "--logfile", folder.redisLog(),
            "--pidfile", folder.redisPid(),
            "--daemonize", "no",
            "--appendonly", "yes",
            "--appendfsync", "always",
            "--no-appendfsync-on-rewrite", "no",
            "--auto-aof-rewrite-min-size", "256mb",
            "--aof-load-truncated", "no",  // it would cut within a transaction: makeAofReady cuts before it
            "--save", "",
            "--latency-tracking", "no",
            "--maxmemory-policy", "noeviction"};
    // clang-format on
}

// posix_spawn's settings, released at the end.
struct SpawnPlan {
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t files;

    SpawnPlan() {
        ::posix_spawnattr_init(&attributes);
        ::posix_spawn_file_actions_init(&files);
    }
    ~SpawnPlan() {
        ::posix_spawnattr_destroy(&attributes);
        ::posix_spawn_file_actions_destroy(&files);
    }
    SpawnPlan(const SpawnPlan&) = delete;

    // Its own session: a Ctrl-C in the server's terminal does not reach it. No signal stays blocked or
    // ignored.
    void ownSession() {
        sigset_t none, all;
        ::sigemptyset(&none);
        ::sigfillset(&all);
        ::posix_spawnattr_setsigmask(&attributes, &none);
        ::posix_spawnattr_setsigdefault(&attributes, &all);
        ::posix_spawnattr_setflags(&attributes,
                                   POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }

    void inheritOnly(int lock, const std::filesystem::path& log) {
        constexpr int inherited = STDERR_FILENO + 1;
        ::posix_spawn_file_actions_adddup2(&files, lock, inherited);
        ::posix_spawn_file_actions_addclosefrom_np(&files, inherited + 1);
        ::posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        ::posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, log.c_str(), O_WRONLY | O_CREAT | O_APPEND,
                                           0600);
        ::posix_spawn_file_actions_adddup2(&files, STDOUT_FILENO, STDERR_FILENO);
    }
};

// Redis only ever adds to it. The one before is kept.
void boundLog(const std::filesystem::path& log) {
    std::error_code none;
    const auto size = std::filesystem::file_size(log, none);
    if (!none && size > longLog) std::filesystem::rename(log, log.string() + ".1", none);
}

}  // namespace

Awaitable<Probe> probeRedis(net::io_context& io, Endpoint endpoint) {
    Probe probe;
    const auto connection = std::make_shared<Connection>(io);
    const bool open = co_await connection->open(std::move(endpoint), answerTime);
    if (!open) co_return probe;

    probe.state = Probe::State::silent;
    std::vector<std::string> askFolder{"CONFIG", "GET", "dir"};
    const auto folder = co_await Connection::command(connection, std::move(askFolder), answerTime);
    if (!folder || folder->items.size() != 2) co_return probe;
    std::vector<std::string> askPid{"INFO", "server"};
    const auto info = co_await Connection::command(connection, std::move(askPid), answerTime);
    if (!info || info->isError()) co_return probe;
    std::vector<std::string> ping{"PING"};
    const auto pong = co_await Connection::command(connection, std::move(ping), answerTime);
    if (!pong) co_return probe;

    probe.folder = folder->items[1].text;
    probe.pid = std::atoi(infoField(info->text, "process_id").c_str());
    probe.state = pong->text.starts_with("LOADING") ? Probe::State::loading : Probe::State::ready;
    co_return probe;
}

// The number may be another process' by now.
pid_t redisOf(const DataFolder& folder) {
    pid_t pid = 0;
    std::ifstream(folder.redisPid()) >> pid;
    if (pid <= 0) return 0;
    const auto process = "/proc/" + std::to_string(pid);
    std::string name;
    std::getline(std::ifstream(process + "/comm") >> std::ws, name);
    std::error_code gone;
    const auto worksIn = std::filesystem::read_symlink(process + "/cwd", gone);
    return !gone && worksIn == folder.path() && name.starts_with("redis-server") ? pid : 0;
}

tl::expected<pid_t, std::string> spawnRedis(const std::string& program, const DataFolder& folder,
                                            const FileLock& lock) {
    boundLog(folder.redisLog());
    auto arguments = settings(program, folder);
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);

    SpawnPlan plan;
    plan.ownSession();
    plan.inheritOnly(lock.descriptor(), folder.redisLog());
    pid_t pid = 0;
    const int error =
        ::posix_spawnp(&pid, program.c_str(), &plan.files, &plan.attributes, argv.data(), environ);
    if (error != 0)
        return tl::unexpected(program + " cannot be started (" + std::generic_category().message(error) +
                              "): install it, or name a Redis of your own with --redis");
    return pid;
}

}  // namespace placette::redis
