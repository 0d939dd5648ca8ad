#include "redis/aof_keeper.hpp"

#include <spdlog/spdlog.h>

#include <chrono>
#include <system_error>

#include "redis/aof_manifest.hpp"
#include "redis/aof_tail.hpp"
#include "redis/file.hpp"

namespace placette::redis {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t pieceSize = 1u << 20;  // a multiple of a sector
constexpr std::chrono::hours keptFor{24 * 7};

// They may hold what is to be erased some days after the care.
void removeOld(const fs::path& aside) {
    std::error_code error;
    for (const auto& entry : fs::directory_iterator(aside, error)) {
        const auto changed = entry.last_write_time(error);
        if (!error && fs::file_time_type::clock::now() - changed > keptFor) fs::remove(entry, error);
    }
}

AofExtent extentOf(const File& file) {
    const auto size = file.size();
    std::optional<std::uint64_t> zeros;
    eachPiece(file, 0, size, pieceSize, [&](std::uint64_t offset, std::string_view piece) {
        if (!zeros) zeros = zeroSector(offset, piece);
    });
    const ReadAt read = [&](std::uint64_t offset, char* into, std::size_t count) {
        return file.read(offset, into, count);
    };
    return extentOfAof(read, size, zeros);
}

void cut(const fs::path& dataFolder, File& file, const AofExtent& extent) {
    const auto aside = dataFolder / "kept-aside";
    if (fs::create_directories(aside)) fs::permissions(aside, fs::perms::owner_all);
    const auto wanted = file.path().filename().string() + "-from-" + std::to_string(extent.whole);
    auto name = aside / wanted;
    for (int n = 2; fs::exists(name); ++n) name = aside / (wanted + "-" + std::to_string(n));
    const auto size = file.size();
    auto kept = File::make(name);
    eachPiece(file, extent.whole, size, pieceSize,
              [&](std::uint64_t, std::string_view piece) { kept.write(piece); });
    kept.sync();
    syncFolder(aside);
    file.cutTo(extent.whole);
    file.sync();
    spdlog::warn(
        "{}: at byte {} {}; cut at byte {}, where whole changes end; the {} bytes behind it are in {}",
        file.path().string(), extent.fault, extent.what, extent.whole, size - extent.whole, name.string());
}

}  // namespace

tl::expected<void, std::string> makeAofReady(const fs::path& dataFolder) try {
    removeOld(dataFolder / "kept-aside");
    const auto folder = dataFolder / "appendonlydir";
    if (!fs::exists(folder / manifestName)) return {};  // a new store
    const auto files = readManifest(folder);
    if (!files) return tl::unexpected(files.error());
    for (const auto& [kind, name, sequence, last] : *files) {
        if (kind == AofFile::Kind::base) continue;  // Redis' own snapshot, with a checksum that it looks at
        auto file = File::toWrite(folder / name);
        const auto extent = extentOf(file);
        if (extent.isTorn() && last)
            cut(dataFolder, file, extent);
        else if (!extent.isWhole())
            return tl::unexpected(
                file.path().string() + " is damaged at byte " + std::to_string(extent.fault) + " (" +
                extent.what +
                "), and others follow: Redis is not started. The way out is in docs/operate.md");
    }
    return {};
} catch (const std::system_error& error) {
    return tl::unexpected(std::string("the append-only files cannot be checked: ") + error.what());
}

}  // namespace placette::redis
