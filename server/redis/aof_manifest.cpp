#include "redis/aof_manifest.hpp"

#include <algorithm>
#include <fstream>
#include <regex>
#include <sstream>

namespace placette::redis {

namespace fs = std::filesystem;

namespace {

// "file NAME seq N type b|i|h"; h: a file of the past that is about to be removed
std::optional<AofFile> fileOf(const std::string& line, bool& past) {
    std::istringstream words(line);
    std::string file, name, seq, type, kind, more;
    unsigned long sequence = 0;
    if (!(words >> file >> name >> seq >> sequence >> type >> kind) || words >> more) return std::nullopt;
    past = kind == "h";
    const bool right =
        file == "file" && seq == "seq" && type == "type" && (kind == "b" || kind == "i" || past);
    if (!right || name.find('/') != std::string::npos) return std::nullopt;
    return AofFile{kind == "b" ? AofFile::Kind::base : AofFile::Kind::increment, name, sequence};
}

bool isInOrder(const std::vector<AofFile>& files) {
    for (std::size_t i = 1; i < files.size(); ++i) {
        if (files[i].kind == AofFile::Kind::base) return false;
        const bool afterAnother = files[i - 1].kind == AofFile::Kind::increment;
        if (afterAnother && files[i].sequence <= files[i - 1].sequence) return false;
    }
    return true;
}

std::vector<AofFile> withLast(std::vector<AofFile> files) {
    if (!files.empty() && files.back().kind == AofFile::Kind::increment) files.back().last = true;
    return files;
}

}  // namespace

tl::expected<std::vector<AofFile>, std::string> readManifest(const fs::path& folder) {
    const auto path = folder / manifestName;
    std::ifstream file(path);
    if (!file) return tl::unexpected(path.string() + " is missing");
    std::vector<AofFile> files;
    for (std::string line; std::getline(file, line);) {
        bool past = false;
        const auto one = line.starts_with('#') ? std::nullopt : fileOf(line, past);
        if (!one && !line.starts_with('#'))
            return tl::unexpected(path.string() + " cannot be read: " + line.substr(0, 80));
        if (one && !past) files.push_back(*one);
    }
    if (files.empty()) return tl::unexpected(path.string() + " names no file");
    if (!isInOrder(files)) return tl::unexpected(path.string() + " has its files in no order");
    return withLast(std::move(files));
}

std::optional<std::string> forgottenFile(const fs::path& folder, const std::vector<AofFile>& named) {
    static const std::regex pattern(R"(appendonly\.aof\.(\d{1,18})\.(base|incr)\.(rdb|aof))");
    const auto first = [&](AofFile::Kind kind) -> std::optional<unsigned long> {
        const auto found = std::ranges::find(named, kind, &AofFile::kind);
        return found == named.end() ? std::nullopt : std::optional(found->sequence);
    };
    std::vector<std::string> forgotten;
    for (const auto& entry : fs::directory_iterator(folder)) {
        const auto name = entry.path().filename().string();
        std::smatch parts;
        if (!std::regex_match(name, parts, pattern) || entry.file_size() == 0) continue;
        if (std::ranges::find(named, name, &AofFile::name) != named.end()) continue;
        const bool isBase = parts[2] == "base";
        const auto oldest = first(isBase ? AofFile::Kind::base : AofFile::Kind::increment);
        if (!oldest || (!isBase && std::stoul(parts[1]) > *oldest)) forgotten.push_back(name);
    }
    if (forgotten.empty()) return std::nullopt;
    return *std::ranges::min_element(forgotten);
}

}  // namespace placette::redis
