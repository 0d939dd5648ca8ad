#include "hub/snapshot_making.hpp"

#include <algorithm>

#include "hub/board_channel.hpp"
#include "protocol/encode.hpp"

namespace placette::hub {

SnapshotMaking::SnapshotMaking(const Board& board, BoardFilter filter)
    : board_(board), filter_(std::move(filter)) {}

// Facilities and sections are those of the document as it was at the first step, or all is made anew.
bool SnapshotMaking::isOf(const Directory& directory) const {
    return begun_ && directory.territory(filter_.territory) == known_;
}

void SnapshotMaking::begin(const Directory& directory) {
    begun_ = true;
    known_ = directory.territory(filter_.territory);
    std::string facilities;
    encodeFacilities(facilities, directory, filter_);
    facilities_ = shared(std::move(facilities));
    pieces_.clear();
    next_.clear();
    atEnd_ = false;
    encoded_ = 0;
}

void SnapshotMaking::touched(const std::string& facility) {
    if (!atEnd_ && facility >= next_) return;
    const auto after = std::ranges::upper_bound(pieces_, facility, {}, &Piece::first);
    if (after != pieces_.begin()) std::prev(after)->due = true;
}

SnapshotMaking::Piece* SnapshotMaking::nextDue() {
    const auto due = std::ranges::find(pieces_, true, &Piece::due);
    return due == pieces_.end() ? nullptr : &*due;
}

// The facilities from the piece's first one on, before `end`; without it as many as make a piece: then the
// next one's first is known. What a facility's document does not name any more (a section that was renamed)
// is on no board.
std::size_t SnapshotMaking::encode(Piece& piece, const std::string* end, const Directory& directory) {
    std::string cells;
    std::size_t count = 0;
    const auto* id = board_.next(filter_, piece.first);
    for (; id && (end ? *id < *end : count < cellsAPiece); id = board_.next(filter_, *id + '\0')) {
        const auto* facility = directory.facility(*id);
        if (!facility) continue;
        board_.eachOf(*id, filter_, [&](const CellState& state) {
            ++count;
            if (!facility->period(state.key.period) || !facility->section(state.key.section)) return;
            if (!cells.empty()) cells += ',';
            encode::cell(cells, state);
        });
    }
    if (!end) {
        atEnd_ = !id;
        next_ = id ? *id : std::string();
    }
    piece.cells = shared(std::move(cells));
    piece.due = false;
    ++encoded_;
    return std::max<std::size_t>(count, 1);
}

bool SnapshotMaking::step(const Directory& directory) {
    if (!isOf(directory)) begin(directory);
    std::size_t count = 0;
    const auto mayGoOn = [&] {
        return count < cellsAStep || (atEnd_ && encoded_ > timesOver * pieces_.size());
    };
    while (!atEnd_ && mayGoOn()) {
        Piece piece{next_, nullptr};
        count += encode(piece, nullptr, directory);
        pieces_.push_back(std::move(piece));
    }
    for (auto* due = nextDue(); atEnd_ && due && mayGoOn(); due = nextDue()) {
        const auto* following = due + 1;
        const bool isLast = following == pieces_.data() + pieces_.size();
        count += isLast ? encode(*due, nullptr, directory) : encode(*due, &following->first, directory);
    }
    return atEnd_ && !nextDue();
}

Parts SnapshotMaking::cells() const {
    static const Shared comma = shared(","), begin = shared("["), end = shared("]");
    Parts parts{begin};
    for (const auto& piece : pieces_) {
        if (piece.cells->empty()) continue;
        if (parts.size() > 1) parts.push_back(comma);
        parts.push_back(piece.cells);
    }
    parts.push_back(end);
    return parts;
}

}  // namespace placette::hub
