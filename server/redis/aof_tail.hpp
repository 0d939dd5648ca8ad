// How far an append-only file of Redis is whole.
//
// The file is a row of changes: a command alone, or MULTI … EXEC. Redis writes a change whole or, where it or
// the machine dies, a part of it: a *tear*, behind which nothing whole can stand. Whole changes behind a
// fault mean that something else happened to the file: *damage*.
//
// The format has no checksum: found is what cannot be (a length that is no number, a value that does not end
// where it should, an unknown command, EXEC without MULTI and MULTI within MULTI, a sector of zeros). A value
// that was altered into another of the same length is not.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

namespace placette::redis {

// Reads at most `count` bytes from `offset`; less only at the end.
using ReadAt = std::function<std::size_t(std::uint64_t offset, char* into, std::size_t count)>;

struct AofExtent {
    std::uint64_t changes = 0;  // whole ones, in front of any fault
    std::uint64_t whole = 0;    // where the last of them ends
    std::uint64_t fault = 0;    // the first byte that cannot be; equal to `whole` where nothing is wrong
    std::string what;           // is wrong there; empty: nothing

    std::optional<std::uint64_t> next;  // the first whole change behind the fault

    bool isWhole() const { return what.empty(); }
    bool isTorn() const { return !isWhole() && !next; }
};

// Time: that of reading; memory: a fixed window, whatever the file holds. `zeros`: where a sector of zeros
// was seen.
AofExtent extentOfAof(const ReadAt&, std::uint64_t size, std::optional<std::uint64_t> zeros = std::nullopt);

// The first sector (512 bytes at a multiple of 512) of nothing but zeros in a piece that begins at `offset`,
// a multiple of 512. No change holds one: Placette's values are text, and no name of a client is that long.
std::optional<std::uint64_t> zeroSector(std::uint64_t offset, std::string_view piece);

}  // namespace placette::redis
