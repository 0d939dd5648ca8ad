// The pages, read once at start-up and served from memory with the compression that the build made beside
// each file.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

namespace placette::net {

struct StaticFile {
    std::string contentType, etag, plain, gzip, brotli;  // empty: no such variant
    bool hashedName = false;                             // under /assets: may be kept for ever
};

class StaticFiles {
public:
    StaticFiles() = default;
    // A folder that does not exist gives no pages (a server for integrators alone).
    explicit StaticFiles(const std::filesystem::path& folder);

    // The file of a path; for paths of the pages' own routing the index. Null: 404.
    const StaticFile* find(std::string_view path) const;

private:
    std::map<std::string, StaticFile, std::less<>> files_;
};

}  // namespace placette::net
