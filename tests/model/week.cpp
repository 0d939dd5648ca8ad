#include <algorithm>
#include <set>

#include "model/model.hpp"

namespace placette {
namespace {

// No lower than what is taken; a count that is below that already stays there.
int heldUp(const Cell& cell, int open) {
    if (open >= cell.committed()) return open;
    return std::max(open, std::min(cell.open, cell.committed()));
}

}  // namespace

Result<Model::Effect> Model::run(const ApplyWeek& command) {
    Effect effect;
    if (command.published) {
        auto& published = published_[command.facility];
        if (published == *command.published) return effect;
        published = *command.published;
    }
    endDue({command.facility});
    const auto isLeft = [&](const auto& item) {
        return (command.onlyAbsent && cellAt(item.cell).version > 0) || closed(item.cell);
    };
    std::set<CellKey> unlawful;
    for (const auto& item : command.items) {
        if (!item.atMost) continue;
        int more = 0;
        for (const auto& other : command.items)
            if (sameSlot(other.cell, item.cell) && !isLeft(other))
                more += heldUp(cellAt(other.cell), other.open) - cellAt(other.cell).open;
        if (more > 0 && openIn(item.cell) + more > *item.atMost) unlawful.insert(item.cell);
    }
    for (const auto& item : command.items) {
        const Cell cell = cellAt(item.cell);
        if (command.onlyAbsent && cell.version > 0) continue;
        if (closed(item.cell)) {
            effect.skipped.push_back({item.cell, ProblemType::closed});
            continue;
        }
        const int open = heldUp(cell, item.open);
        if (unlawful.contains(item.cell) && open > cell.open) {
            effect.skipped.push_back({item.cell, ProblemType::over_capacity});
            continue;
        }
        if (open != item.open) effect.skipped.push_back({item.cell, ProblemType::below_committed});
        countCell(item.cell, open, item.reserved.value_or(cell.reserved),
                  command.published ? CountAct::published : CountAct::week);
        if (!command.published) confirmCell(item.cell, now_, item.staleAt);
        effect.cells.push_back(item.cell);
    }
    return effect;
}

}  // namespace placette
