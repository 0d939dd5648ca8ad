// Which files the store of a Redis 7 is in (appendonlydir/appendonly.aof.manifest), in the order of their
// loading: at most one base, then the increments; only the last of these is written to.
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <tl/expected.hpp>
#include <vector>

namespace placette::redis {

struct AofFile {
    enum class Kind { base, increment };
    Kind kind;
    std::string name;
    unsigned long sequence = 0;
    bool last = false;  // the increment that is written to
};

inline constexpr const char* manifestName = "appendonly.aof.manifest";

// The error is for the operator.
tl::expected<std::vector<AofFile>, std::string> readManifest(const std::filesystem::path& folder);

// A file with content of which the manifest says nothing, and that a crash of Redis does not leave: it would
// not be loaded, and be written to later. Null: there is none. What a rewrite that was interrupted leaves is
// older than all that is named, or a snapshot that is newer; a file that was just begun is empty.
std::optional<std::string> forgottenFile(const std::filesystem::path& folder,
                                         const std::vector<AofFile>& named);

}  // namespace placette::redis
