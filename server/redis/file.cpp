#include "redis/file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace placette::redis {

File::File(std::filesystem::path path, int flags)
    : path_(std::move(path)), descriptor_(::open(path_.c_str(), flags | O_CLOEXEC, 0600)) {
    if (descriptor_ < 0) fail("open");
}

File::~File() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

File File::toRead(const std::filesystem::path& path) {
    return {path, O_RDONLY};
}
File File::toExtend(const std::filesystem::path& path) {
    return {path, O_RDWR | O_CREAT | O_APPEND};
}
File File::toWrite(const std::filesystem::path& path) {
    return {path, O_RDWR};
}
File File::make(const std::filesystem::path& path) {
    return {path, O_RDWR | O_CREAT | O_EXCL};
}

std::uint64_t File::size() const {
    struct stat status {};
    if (::fstat(descriptor_, &status) != 0) fail("stat");
    return static_cast<std::uint64_t>(status.st_size);
}

std::size_t File::read(std::uint64_t offset, char* into, std::size_t count) const {
    std::size_t done = 0;
    while (done < count) {
        const auto got = ::pread(descriptor_, into + done, count - done, static_cast<off_t>(offset + done));
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) fail("read");
        if (got == 0) break;
        done += static_cast<std::size_t>(got);
    }
    return done;
}

void File::write(std::string_view bytes) {
    while (!bytes.empty()) {
        const auto count = ::write(descriptor_, bytes.data(), bytes.size());
        if (count < 0 && errno == EINTR) continue;
        if (count < 0) fail("write");
        bytes.remove_prefix(static_cast<std::size_t>(count));
    }
}

void File::cutTo(std::uint64_t size) {
    if (::ftruncate(descriptor_, static_cast<off_t>(size)) != 0) fail("cut");
}

void File::sync() const {
    if (::fdatasync(descriptor_) != 0) fail("sync");
}

void File::fail(const char* what) const {
    throw std::system_error(errno, std::generic_category(),
                            std::string("cannot ") + what + " " + path_.string());
}

void syncFolder(const std::filesystem::path& path) {
    const int folder = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool synced = folder >= 0 && ::fsync(folder) == 0;
    const int why = errno;
    if (folder >= 0) ::close(folder);
    if (!synced) throw std::system_error(why, std::generic_category(), "cannot sync " + path.string());
}

}  // namespace placette::redis
