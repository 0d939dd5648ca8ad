#include "redis/data_folder.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <fstream>
#include <system_error>

#include "redis/file.hpp"

namespace placette::redis {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t longestSocketPath = sizeof(sockaddr_un::sun_path) - 1;  // 107
constexpr std::size_t trialBytes = 1u << 20;                                  // Redis starts with less

tl::unexpected<DataFolder::Error> refuse(std::string message, bool inUse = false) {
    return tl::unexpected(DataFolder::Error{inUse, std::move(message)});
}

std::string holderOf(const fs::path& lock) {
    std::string pid;
    std::ifstream(lock) >> pid;
    return pid.empty() ? "another process" : "process " + pid;
}

std::string unusable(const fs::path& folder, const std::error_code& why) {
    std::string advice;
    if (why == std::errc::no_space_on_device || why.value() == EDQUOT) advice = "make room on its disk";
    if (why == std::errc::read_only_file_system) advice = "mount its disk for writing, after a look at dmesg";
    if (why == std::errc::permission_denied || why == std::errc::operation_not_permitted)
        advice = "give it, and all in it, to the user that runs placette";
    return "the data folder " + folder.string() + " cannot be written (" + why.message() + ")" +
           (advice.empty() ? "" : ": " + advice);
}

// Whatever it was before: the store has password hashes, and beside it lies the key of the contacts.
void makePrivate(const fs::path& folder) {
    constexpr auto others = fs::perms::group_all | fs::perms::others_all;
    const auto close = [](const fs::path& path, fs::perms now) {
        if ((now & others) != fs::perms::none) fs::permissions(path, others, fs::perm_options::remove);
    };
    close(folder, fs::status(folder).permissions());
    for (const auto& entry : fs::recursive_directory_iterator(folder)) {
        const auto status = entry.symlink_status();
        if (fs::is_regular_file(status) || fs::is_directory(status))
            close(entry.path(), status.permissions());
    }
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
    fs::create_directories(wanted);
    const fs::path path = fs::canonical(wanted);
    makePrivate(path);
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
    return refuse(unusable(wanted, error.code()));
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

std::string DataFolder::socketIdentity() const {
    struct stat status {};
    if (::lstat(endpoint().socket.c_str(), &status) != 0) return {};
    return std::to_string(status.st_dev) + ':' + std::to_string(status.st_ino);
}

// Tried, with what a start of Redis may write: a disk tells in no other way that it takes it.
std::string DataFolder::whyNotWritable() const try {
    const auto path = path_ / "trial";
    fs::remove(path);
    auto trial = File::make(path);
    const struct Removed {
        const fs::path& path;
        ~Removed() {
            std::error_code ignored;
            fs::remove(path, ignored);
        }
    } removed{path};
    trial.write(std::string(trialBytes, '\0'));
    trial.sync();
    return {};
} catch (const std::system_error& error) {
    return unusable(path_, error.code());
}

std::optional<DataFolder::Space> DataFolder::spaceOf(const fs::path& path) {
    std::error_code error;
    const auto space = fs::space(path, error);
    if (error) return std::nullopt;
    return Space{space.available, sizeOf(path / "appendonlydir")};
}

}  // namespace placette::redis
