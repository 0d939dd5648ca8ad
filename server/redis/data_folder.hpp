// The folder of a server that keeps its own Redis: its names, and who may use it.
//
// Two locks (flock): the kernel frees them when the last process that has them open ends, however it ends.
//   lock        one server at a time; close-on-exec
//   redis.lock  one Redis at a time. Redis inherits it, so that it is held from its first moment to its last,
//               whether it is starting, loading, serving or ending.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <utility>

#include "redis/client.hpp"

namespace placette::redis {

// Of the contacts in the store: made once Redis has its files, and of no use without them.
inline constexpr const char* keyOfContacts = "contacts.key";

class FileLock {
public:
    // Creates the file if need be; empty if another open file holds it. Throws std::system_error on all else.
    static std::optional<FileLock> take(const std::filesystem::path&);

    FileLock(FileLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    FileLock& operator=(FileLock&&) = delete;
    ~FileLock();

    int descriptor() const { return descriptor_; }

private:
    explicit FileLock(int descriptor) : descriptor_(descriptor) {}
    int descriptor_;
};

class DataFolder {
public:
    struct Error {
        bool inUse;           // by another server: its Redis is at endpointOf()
        std::string message;  // for the operator
    };
    // Creates it if need be, and holds it as long as the object lives.
    static tl::expected<DataFolder, Error> open(const std::filesystem::path&);
    static Endpoint endpointOf(const std::filesystem::path&);

    const std::filesystem::path& path() const { return path_; }  // canonical
    Endpoint endpoint() const { return endpointOf(path_); }
    std::filesystem::path redisLog() const { return path_ / "redis.log"; }
    std::filesystem::path redisPid() const { return path_ / "redis.pid"; }

    // Empty while a Redis of this folder lives, and when that cannot be told (no descriptor is left).
    std::optional<FileLock> claimForRedis() const;

    // Where the socket was made, told from one that was made later; empty: there is none.
    std::string socketIdentity() const;

    // Why it cannot be written now, and what to do about that; empty: it can.
    std::string whyNotWritable() const;

    // Of the disk, in bytes: what is free, and what a rewrite of the append-only files may need.
    struct Space {
        std::uintmax_t available, rewrite;
        bool isShort(std::uintmax_t reserve) const { return available < reserve + rewrite; }
    };
    static std::optional<Space> spaceOf(const std::filesystem::path&);  // nothing: cannot be told

private:
    DataFolder(std::filesystem::path path, FileLock lock) : path_(std::move(path)), lock_(std::move(lock)) {}

    std::filesystem::path path_;
    FileLock lock_;
};

}  // namespace placette::redis
