#include "redis_process.hpp"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <stdexcept>
#include <thread>

namespace placette::redis::test {
namespace {

bool accepts(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    const int socket = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const bool connected =
        ::connect(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
    ::close(socket);
    return connected;
}

}  // namespace

TemporaryFolder::TemporaryFolder() {
    std::string name = "/tmp/placette-XXXXXX";
    if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
}

TemporaryFolder::~TemporaryFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

RedisProcess::RedisProcess(std::filesystem::path folder, std::vector<std::string> settings)
    : folder_(std::move(folder)), socket_(folder_ / "redis.sock"), settings_(std::move(settings)) {
    restart();
}

void RedisProcess::restart() {
    std::vector<std::string> arguments{
        "redis-server", "--port", "0", "--unixsocket", socket_, "--dir", folder_, "--save", "",
        "--appendonly", "yes", "--logfile", folder_ / "redis.log",
        // Else what was answered while the disk was slow may be lost with a kill.
        "--appendfsync", "always"};
    arguments.insert(arguments.end(), settings_.begin(), settings_.end());
    std::vector<char*> argv;
    for (auto& argument : arguments) argv.push_back(argument.data());
    argv.push_back(nullptr);
    pid_ = ::fork();
    if (pid_ == 0) {
        ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // a test that crashes leaves nothing behind
        const int null = ::open("/dev/null", O_RDWR);
        for (const int standard : {0, 1, 2}) ::dup2(null, standard);
        ::execvp("redis-server", argv.data());
        ::_exit(127);
    }
    for (int tries = 0; !accepts(socket_); ++tries) {
        if (tries == 1000) throw std::runtime_error("redis-server does not listen");
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
    }
}

void RedisProcess::kill() {
    if (pid_ == 0) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    pid_ = 0;
}

void RedisProcess::freeze() {
    ::kill(pid_, SIGSTOP);
}
void RedisProcess::thaw() {
    ::kill(pid_, SIGCONT);
}

}  // namespace placette::redis::test
