#include "net/static_files.hpp"

#include <array>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <utility>

namespace placette::net {

namespace fs = std::filesystem;

namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> types{{
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".woff2", "font/woff2"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
}};

std::string_view typeOf(std::string_view extension) {
    for (const auto& [known, type] : types)
        if (known == extension) return type;
    return "application/octet-stream";
}

std::string contents(const fs::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

std::string etagOf(std::string_view text) {
    char out[24];
    std::snprintf(out, sizeof out, "\"%zx-%zx\"", text.size(), std::hash<std::string_view>{}(text));
    return out;
}

}  // namespace

StaticFiles::StaticFiles(const fs::path& folder) {
    std::error_code error;
    for (fs::recursive_directory_iterator it(folder, error), end; !error && it != end; it.increment(error)) {
        const auto extension = it->path().extension().string();
        if (!it->is_regular_file() || extension == ".br" || extension == ".gz") continue;
        StaticFile file;
        file.contentType = typeOf(extension);
        file.plain = contents(it->path());
        file.gzip = contents(it->path().string() + ".gz");
        file.brotli = contents(it->path().string() + ".br");
        file.etag = etagOf(file.plain);
        auto path = "/" + fs::relative(it->path(), folder).generic_string();
        file.hashedName = path.starts_with("/assets/");
        files_.emplace(std::move(path), std::move(file));
    }
}

const StaticFile* StaticFiles::find(std::string_view path) const {
    if (const auto file = files_.find(path); file != files_.end()) return &file->second;
    const auto lastName = path.substr(path.rfind('/') + 1);
    if (lastName.find('.') != std::string_view::npos) return nullptr;
    const auto index = files_.find("/index.html");
    return index == files_.end() ? nullptr : &index->second;
}

}  // namespace placette::net
