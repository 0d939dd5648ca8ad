#include "redis/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

namespace placette::redis {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestSocketPath = sizeof(sockaddr_un::sun_path) - 1;  // 107

tl::unexpected<DataFolder::Error> refuse(std::string message, bool inUse = false) {
    return tl::unexpected(DataFolder::Error{inUse, std::move(message)});
}

std::string holderOf(const fs::path& lock) {
    std::string pid;
    std::ifstream(lock) >> pid;
    return pid.empty() ? "another process" : "process " + pid;
}

std::uintmax_t sizeOf(const fs::path& folder) {
    std::uintmax_t bytes = 0;
    std::error_code error, gone;
    for (fs::directory_iterator file(folder, error), end; !error && file != end; file.increment(error)) {
        const auto size = file->file_size(gone);
        if (!gone) bytes += size;  // a rewrite may remove files meanwhile
    }
    return bytes;
}

}  // namespace

std::optional<FileLock> FileLock::take(const fs::path& path) {
    FileLock lock(::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600));
    if (lock.descriptor_ >= 0 && ::flock(lock.descriptor_, LOCK_EX | LOCK_NB) == 0) return lock;
    if (lock.descriptor_ >= 0 && errno == EWOULDBLOCK) return std::nullopt;
    throw std::system_error(errno, std::generic_category(), path.string());
}

FileLock::~FileLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

tl::expected<DataFolder, DataFolder::Error> DataFolder::open(const fs::path& wanted) try {
    if (fs::create_directories(wanted)) fs::permissions(wanted, fs::perms::owner_all);
    const fs::path path = fs::canonical(wanted);
    if (endpointOf(path).socket.size() > longestSocketPath) {
        return refuse("the path of the data folder is too long for a unix socket (" +
                      std::to_string(longestSocketPath) + " bytes in all): " + endpointOf(path).socket);
    }
    auto lock = FileLock::take(path / "lock");
    if (!lock)
        return refuse("the data folder " + path.string() + " is in use by " + holderOf(path / "lock"), true);
    std::ofstream(path / "lock") << ::getpid() << '\n';
    return DataFolder(path, std::move(*lock));
} catch (const std::system_error& error) {
    return refuse("the data folder cannot be used: " + std::string(error.what()));
}

Endpoint DataFolder::endpointOf(const fs::path& path) {
    Endpoint endpoint;
    endpoint.socket = fs::weakly_canonical(path) / "redis.sock";
    return endpoint;
}

std::optional<FileLock> DataFolder::claimForRedis() const try {
    return FileLock::take(path_ / "redis.lock");
} catch (const std::system_error&) {
    return std::nullopt;
}

bool DataFolder::isShortOfSpace(std::uintmax_t reserve) const {
    std::error_code error;
    const auto space = fs::space(path_, error);
    return !error && space.available < reserve + sizeOf(path_ / "appendonlydir");
}

}  // namespace placette::redis
