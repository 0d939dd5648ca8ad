#include "redis/aof_sums.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/crc.hpp>
#include <fstream>
#include <system_error>

#include "redis/aof_manifest.hpp"

namespace placette::redis {

namespace fs = std::filesystem;

namespace {

constexpr std::uint64_t longestPart = 64u << 10;
constexpr std::uint64_t mostAtOnce = 64u << 20;  // some tenths of a second
constexpr const char* extension = ".sums";

std::uint32_t sumOf(std::string_view bytes) {
    boost::crc_32_type crc;
    crc.process_bytes(bytes.data(), bytes.size());
    return crc.checksum();
}

std::uint32_t sumOf(const File& file, std::uint64_t from, std::uint64_t to) {
    boost::crc_32_type crc;
    eachPiece(file, from, to, longestPart,
              [&](std::uint64_t, std::string_view piece) { crc.process_bytes(piece.data(), piece.size()); });
    return crc.checksum();
}

// "65536 89abcdef 01234567", its last word the sum of what stands before it.
std::string lineOf(const AofSums::Part& part) {
    const auto text = fmt::format("{} {:08x} ", part.end, part.sum);
    return text + fmt::format("{:08x}\n", sumOf(text));
}

}  // namespace

AofSums::AofSums(const fs::path& aof) : path_(aof.string() + extension) {
    std::ifstream file(path_, std::ios::binary);
    for (std::string line; std::getline(file, line) && !file.eof();) {
        Part part{end(), 0, 0};
        char more = 0;
        const auto read = std::sscanf(line.c_str(), "%lu %8x %c", &part.end, &part.sum, &more);
        if (read != 3 || part.end <= part.begin || lineOf(part) != line + '\n') break;
        parts_.push_back(part);
        size_ += line.size() + 1;
    }
}

std::optional<AofSums::Part> AofSums::altered(const File& aof, std::uint64_t before) const {
    const auto found = std::ranges::find_if(parts_, [&](const Part& part) {
        return part.end <= before && sumOf(aof, part.begin, part.end) != part.sum;
    });
    return found == parts_.end() ? std::nullopt : std::optional(*found);
}

void AofSums::extendTo(std::uint64_t to, const File& aof) {
    std::vector<Part> more;
    std::string lines;
    for (auto begin = end(); begin < to;) {
        const auto next = std::min(begin + longestPart, to);
        more.push_back({begin, next, sumOf(aof, begin, next)});
        lines += lineOf(more.back());
        begin = next;
    }
    if (more.empty()) return;
    auto file = File::toExtend(path_);
    file.cutTo(size_);  // a line that was written in part
    file.write(lines);
    size_ += lines.size();
    parts_.insert(parts_.end(), more.begin(), more.end());
}

void AofSums::cutTo(std::uint64_t to) {
    if (end() <= to) return;
    while (end() > to) {
        size_ -= lineOf(parts_.back()).size();
        parts_.pop_back();
    }
    auto file = File::toExtend(path_);
    file.cutTo(size_);
    file.sync();
}

bool AofSums::isOne(const fs::path& path) {
    return path.extension() == extension;
}

fs::path AofSums::aofOf(const fs::path& sums) {
    return fs::path(sums).replace_extension();
}

void AofFollower::follow() {
    extend(Upto::seen);
}

void AofFollower::finish() {
    extend(Upto::end);
}

// A file may be gone meanwhile, and the disk full: then less is found at the next start.
void AofFollower::extend(Upto upTo) try {
    const auto folder = folder_ / "appendonlydir";
    const auto files = readManifest(folder);
    if (!files) return;
    std::erase_if(files_, [&](const auto& known) {
        return std::ranges::none_of(*files, [&](const auto& file) { return file.name == known.first; });
    });
    for (const auto& [kind, name, sequence, last] : *files) {
        if (kind == AofFile::Kind::base) continue;
        auto& one = files_.try_emplace(name, One{AofSums(folder / name)}).first->second;
        const auto file = File::toRead(folder / name);
        const auto size = file.size();
        auto to = upTo == Upto::end ? size : std::min(one.seen, size);
        one.seen = size;
        to = std::min(to, one.sums.end() + mostAtOnce);
        if (to <= one.sums.end()) continue;
        file.sync();
        one.sums.extendTo(to, file);
    }
} catch (const std::system_error& error) {
    spdlog::debug("checksums of the append-only file: {}", error.what());
}

}  // namespace placette::redis
