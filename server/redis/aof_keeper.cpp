#include "redis/aof_keeper.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <fstream>
#include <system_error>

#include "redis/aof_manifest.hpp"
#include "redis/aof_sums.hpp"
#include "redis/aof_tail.hpp"
#include "redis/data_folder.hpp"
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

fs::path folderAside(const fs::path& dataFolder) {
    const auto aside = dataFolder / keptAside;
    if (fs::create_directories(aside)) fs::permissions(aside, fs::perms::owner_all);
    return aside;
}

// For `placette doctor`, for as long as what is cut is kept.
void noteLoss(const fs::path& dataFolder, const std::string& what) {
    const auto note = folderAside(dataFolder) / (lossPrefix + what);
    if (!fs::exists(note)) File::make(note).sync();
    syncFolder(note.parent_path());
}

void cut(const fs::path& dataFolder, File& file, AofSums& sums, const AofExtent& extent) {
    const auto aside = folderAside(dataFolder);
    const auto wanted = file.path().filename().string() + "-from-" + std::to_string(extent.whole);
    auto name = aside / wanted;
    for (int n = 2; fs::exists(name); ++n) name = aside / (wanted + "-" + std::to_string(n));
    const auto size = file.size();
    auto kept = File::make(name);
    eachPiece(file, extent.whole, size, pieceSize,
              [&](std::uint64_t, std::string_view piece) { kept.write(piece); });
    kept.sync();
    syncFolder(aside);
    sums.cutTo(extent.whole);
    file.cutTo(extent.whole);
    file.sync();
    spdlog::warn(
        "{}: at byte {} {}; cut at byte {}, where whole changes end; the {} bytes behind it are in {}",
        file.path().string(), extent.fault, extent.what, extent.whole, size - extent.whole, name.string());
}

constexpr const char* wayOut = ". Redis is not started; the way out is in docs/operate.md";

tl::unexpected<StoreFailure> refused(const fs::path& path, const std::string& what) {
    return tl::unexpected(StoreFailure{path.string() + ' ' + what + wayOut, false});
}

tl::expected<void, StoreFailure> makeReady(const fs::path& dataFolder, const fs::path& path, bool last) {
    auto file = File::toWrite(path);
    AofSums sums(path);
    const auto extent = extentOf(file);
    const bool torn = extent.isTorn() && last;
    if (!torn && !extent.isWhole())
        return refused(path, "is damaged at byte " + std::to_string(extent.fault) + " (" + extent.what +
                                 "), and others follow");
    const auto whole = torn ? extent.whole : file.size();
    if (const auto part = sums.altered(file, whole))
        return refused(path, "is not what was written, between its bytes " + std::to_string(part->begin) +
                                 " and " + std::to_string(part->end));
    if (sums.end() > whole) {
        if (!last) return refused(path, "is shorter than it was");
        spdlog::error(
            "{}: it was on the disk up to byte {}, and can be read up to byte {}: changes are lost that were "
            "acknowledged",
            path.string(), sums.end(), whole);
        noteLoss(dataFolder, path.filename().string() + "-ended-at-" + std::to_string(whole) + "-of-" +
                                 std::to_string(sums.end()));
    }
    if (torn)
        cut(dataFolder, file, sums, extent);
    else
        sums.cutTo(whole);
    file.sync();
    sums.extendTo(file.size(), file);
    return {};
}

// Redis would begin an empty store, over the files of this one.
bool hasFiles(const fs::path& folder) {
    return fs::exists(folder) && std::ranges::any_of(fs::directory_iterator(folder), [](const auto& entry) {
               return entry.path().filename().string().starts_with("appendonly.aof.");
           });
}

// Redis' own, with a checksum that it looks at. But one of no bytes it takes for an empty store.
bool isSnapshot(const fs::path& path) {
    std::array<char, 5> magic{};
    std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
    return std::string_view(magic.data(), magic.size()) == "REDIS";
}

void removeForsakenSums(const fs::path& folder) {
    for (const auto& entry : fs::directory_iterator(folder))
        if (AofSums::isOne(entry.path()) && !fs::exists(AofSums::aofOf(entry.path())))
            fs::remove(entry.path());
}

}  // namespace

tl::expected<void, StoreFailure> makeAofReady(const fs::path& dataFolder) try {
    removeOld(dataFolder / keptAside);
    const auto folder = dataFolder / "appendonlydir";
    if (!fs::exists(folder / manifestName)) {
        if (hasFiles(folder))
            return refused(folder / manifestName, "is missing, and the files of a store are there");
        if (fs::exists(dataFolder / keyOfContacts))
            return refused(folder / manifestName, "is missing, and the key of its store is there (" +
                                                      (dataFolder / keyOfContacts).string() + ")");
        return {};  // a new store
    }
    const auto files = readManifest(folder);
    if (!files) return tl::unexpected(StoreFailure{files.error() + wayOut, false});
    if (const auto forgotten = forgottenFile(folder, *files))
        return refused(folder / *forgotten, "is not named by the manifest beside it");
    for (const auto& [kind, name, sequence, last] : *files) {
        if (!fs::exists(folder / name)) return refused(folder / name, "is missing");
        if (kind == AofFile::Kind::base) {
            if (!isSnapshot(folder / name)) return refused(folder / name, "is no snapshot");
            continue;
        }
        const auto ready = makeReady(dataFolder, folder / name, last);
        if (!ready) return ready;
    }
    removeForsakenSums(folder);
    return {};
} catch (const std::system_error& error) {
    return tl::unexpected(
        StoreFailure{std::string("the append-only files cannot be checked: ") + error.what()});
}

}  // namespace placette::redis
