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

}  // namespace placette::redis
