#include "net/gzip.hpp"

#include <zlib.h>

#include <stdexcept>

namespace placette::net {

namespace {

constexpr int level = 6, rawWindow = -15, memory = 9;  // as zlib counts them

void appendNumber(std::string& out, std::uint32_t number) {
    for (int shift = 0; shift < 32; shift += 8) out += static_cast<char>(number >> shift);
}

}  // namespace

// The sync flush ends the last block at the end of a byte.
SharedDeflated deflated(std::string_view text) {
    auto piece = std::make_shared<Deflated>();
    const auto* from = reinterpret_cast<const Bytef*>(text.data());
    z_stream stream{};
    if (deflateInit2(&stream, level, Z_DEFLATED, rawWindow, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    constexpr std::size_t flushBytes = 16;
    piece->bytes.resize(deflateBound(&stream, text.size()) + flushBytes);
    stream.next_in = const_cast<Bytef*>(from);
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(piece->bytes.data());
    stream.avail_out = static_cast<uInt>(piece->bytes.size());
    const auto done = ::deflate(&stream, Z_SYNC_FLUSH);
    const bool complete = done == Z_OK && stream.avail_in == 0 && stream.avail_out > 0;
    piece->bytes.resize(stream.total_out);
    piece->bytes.shrink_to_fit();
    deflateEnd(&stream);
    if (!complete) throw std::logic_error("a text was not compressed whole");
    piece->crc = static_cast<std::uint32_t>(crc32_z(0, from, text.size()));
    piece->size = text.size();
    return piece;
}

Parts gzipOf(const std::vector<SharedDeflated>& pieces) {
    static const Shared header = shared({'\x1f', '\x8b', '\x08', '\0', '\0', '\0', '\0', '\0', '\0', '\xff'});
    Parts stream{header};
    uLong crc = 0;
    std::size_t size = 0;
    for (const auto& piece : pieces) {
        stream.emplace_back(piece, &piece->bytes);
        crc = crc32_combine(crc, piece->crc, static_cast<z_off_t>(piece->size));
        size += piece->size;
    }
    std::string end{'\x03', '\0'};  // an empty block, the last
    appendNumber(end, static_cast<std::uint32_t>(crc));
    appendNumber(end, static_cast<std::uint32_t>(size));
    stream.push_back(shared(std::move(end)));
    return stream;
}

}  // namespace placette::net
