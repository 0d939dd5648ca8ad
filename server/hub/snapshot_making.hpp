// A snapshot in the making: some cells at a time, for the largest territories have half a million. Between
// two steps the thread does what else there is, and changes come: what they touch is encoded once more, so
// that the whole is of one moment, that of the last step.
//
// Single-threaded, no I/O.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "hub/board.hpp"
#include "hub/filter.hpp"
#include "placette/domain/directory.hpp"
#include "protocol/parts.hpp"

namespace placette::hub {

class SnapshotMaking {
public:
    static constexpr std::size_t cellsAPiece = 500;
    static constexpr std::size_t cellsAStep = 2000;  // some milliseconds
    // Where changes come faster than they are encoded, what is left is encoded in one step.
    static constexpr std::size_t timesOver = 4;

    SnapshotMaking(const Board&, BoardFilter);  // the board outlives it

    void touched(const std::string& facility);
    bool step(const Directory&);  // true: it is complete
    Shared facilities() const { return facilities_; }
    Parts cells() const;  // a JSON array

private:
    struct Piece {
        std::string first;  // facility; up to the next piece's
        Shared cells;       // a JSON array's, without its brackets
        bool due = false;
    };
    void begin(const Directory&);
    std::size_t encode(Piece&, const std::string* end, const Directory&);
    Piece* nextDue();
    bool isOf(const Directory&) const;

    const Board& board_;
    const BoardFilter filter_;
    Directory::Entry known_;  // what it is made of
    bool begun_ = false;
    Shared facilities_;
    std::vector<Piece> pieces_;
    std::string next_;  // the facility of the next piece
    bool atEnd_ = false;
    std::size_t encoded_ = 0;  // pieces, those encoded again too
};

}  // namespace placette::hub
