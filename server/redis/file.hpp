// A file by its descriptor, close-on-exec; closed with the object. What fails throws std::system_error, with
// the path.
#pragma once

#include <sys/types.h>

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace placette::redis {

class File {
public:
    static File toRead(const std::filesystem::path&);    // one that exists
    static File toWrite(const std::filesystem::path&);   // one that exists
    static File toExtend(const std::filesystem::path&);  // what is written goes to its end
    static File make(const std::filesystem::path&);      // a new one: an existing file is an error

    File(File&& other) noexcept
        : path_(std::move(other.path_)), descriptor_(std::exchange(other.descriptor_, -1)) {}
    File& operator=(File&&) = delete;
    ~File();

    const std::filesystem::path& path() const { return path_; }
    std::uint64_t size() const;
    std::size_t read(std::uint64_t offset, char* into, std::size_t count) const;  // less only at the end
    void write(std::string_view bytes);  // at the end of what was written
    void cutTo(std::uint64_t size);
    void sync() const;  // its bytes and its size are on the disk

private:
    File(std::filesystem::path, int flags);
    [[noreturn]] void fail(const char* what) const;

    std::filesystem::path path_;
    int descriptor_;
};

// The names in it are on the disk.
void syncFolder(const std::filesystem::path&);

// The bytes of a part, piece by piece.
template <class F>
void eachPiece(const File& file, std::uint64_t from, std::uint64_t to, std::size_t pieceSize, F take) {
    std::string piece(pieceSize, '\0');
    while (from < to) {
        const auto wanted = static_cast<std::size_t>(std::min<std::uint64_t>(piece.size(), to - from));
        const auto count = file.read(from, piece.data(), wanted);
        if (count == 0) return;
        take(from, std::string_view(piece).substr(0, count));
        from += count;
    }
}

}  // namespace placette::redis
