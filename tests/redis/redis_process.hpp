// A redis-server of a test: on a unix socket in a folder, killed when it goes out of scope.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

#include "redis/client.hpp"

namespace placette::redis::test {

// A fresh folder with a short path, removed at the end.
class TemporaryFolder {
public:
    TemporaryFolder();
    ~TemporaryFolder();
    TemporaryFolder(const TemporaryFolder&) = delete;
    const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

class RedisProcess {
public:
    // Returns when the socket accepts connections; the data may still be loading.
    explicit RedisProcess(std::filesystem::path folder, std::vector<std::string> settings = {});
    ~RedisProcess() { kill(); }
    RedisProcess(const RedisProcess&) = delete;

    void kill();     // SIGKILL, and waits for its end
    void restart();  // after kill()
    void freeze();   // SIGSTOP: it lives and does not answer
    void thaw();

    pid_t pid() const { return pid_; }
    Endpoint endpoint() const { return {.socket = socket_, .host = {}, .password = {}}; }

private:
    std::filesystem::path folder_;
    std::string socket_;
    std::vector<std::string> settings_;
    pid_t pid_ = 0;
};

}  // namespace placette::redis::test
