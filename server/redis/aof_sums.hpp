// Checksums of an append-only file, in a file beside it (NAME.sums): Redis' format has none, and a byte that
// turned within a value would be loaded as it is.
//
// Only what is on the disk and will not be taken back is summed; a crash finds its torn end behind that. A
// line of the file is for 64 KiB at most: where they end, their CRC-32, and the line's own. With the first
// line that is none the reading ends, so that a damaged file of sums never makes a store look damaged.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "redis/file.hpp"

namespace placette::redis {

class AofSums {
public:
    struct Part {
        std::uint64_t begin, end;
        std::uint32_t sum;
    };

    explicit AofSums(const std::filesystem::path& aof);  // what is there

    std::uint64_t end() const { return parts_.empty() ? 0 : parts_.back().end; }
    // The first part, of those that end before that, which is not as it was.
    std::optional<Part> altered(const File& aof, std::uint64_t before) const;

    void extendTo(std::uint64_t end, const File& aof);  // the bytes are on the disk
    void cutTo(std::uint64_t end);                      // before the file itself is cut

    static bool isOne(const std::filesystem::path&);
    static std::filesystem::path aofOf(const std::filesystem::path& sums);

private:
    std::filesystem::path path_;
    std::vector<Part> parts_;
    std::uint64_t size_ = 0;  // of the lines that can be read
};

// Sums what a living Redis writes. One server at a time does so: that which holds the data folder.
class AofFollower {
public:
    explicit AofFollower(std::filesystem::path dataFolder) : folder_(std::move(dataFolder)) {}

    void follow();  // from time to time: what was there at the last call already
    void finish();  // Redis has ended by itself: all that is there

private:
    enum class Upto { seen, end };
    struct One {
        AofSums sums;
        std::uint64_t seen = 0;
    };
    void extend(Upto);

    std::filesystem::path folder_;
    std::map<std::string, One> files_;
};

}  // namespace placette::redis
