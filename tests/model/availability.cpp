#include <algorithm>
#include <nlohmann/json.hpp>
#include <string_view>

#include "model/model.hpp"

namespace placette {
namespace {

constexpr std::string_view facilityField = "facility:";

template <class Item>
std::vector<CellKey> cellsOf(const std::vector<Item>& items) {
    std::vector<CellKey> cells;
    for (const Item& item : items) cells.push_back(item.cell);
    return cells;
}

// The problem that names the cells of the items that pass; nothing if none does.
template <class Item, class Passes>
std::optional<Problem> problemWhere(ProblemType type, const std::vector<Item>& items, Passes passes) {
    Problem problem{type};
    for (const Item& item : items) {
        if (passes(item)) problem.cells.push_back(item.cell);
    }
    if (problem.cells.empty()) return std::nullopt;
    return problem;
}

}  // namespace

bool Model::sameSlot(const CellKey& one, const CellKey& other) {
    return one.facility == other.facility && one.date == other.date && one.period == other.period;
}

template <class Item>
void Model::endDueAround(const std::vector<Item>& items) {
    std::set<std::string> facilities;
    for (const Item& item : items) facilities.insert(item.cell.facility);
    endDue(facilities);
}

template <class Item, class NewOpen>
Model::Refusal Model::notAdjustable(const std::vector<Item>& items, bool force, NewOpen newOpen) const {
    if (auto refused =
            problemWhere(ProblemType::closed, items, [&](const Item& item) { return closed(item.cell); })) {
        return refused;
    }
    if (force) return std::nullopt;
    auto below = problemWhere(ProblemType::below_committed, items, [&](const Item& item) {
        const Cell cell = cellAt(item.cell);
        return newOpen(item) < cell.open && newOpen(item) < cell.committed();
    });
    if (below) return below;
    return problemWhere(ProblemType::over_capacity, items, [&](const Item& item) {
        if (!item.atMost) return false;
        int more = 0;
        for (const Item& other : items)
            if (sameSlot(other.cell, item.cell)) more += newOpen(other) - cellAt(other.cell).open;
        return more > 0 && openIn(item.cell) + more > *item.atMost;
    });
}

// In all sections of the cell's slot.
int Model::openIn(const CellKey& key) const {
    int open = 0;
    for (const auto& [other, cell] : cells_)
        if (sameSlot(other, key) && !cell.closed) open += cell.open;
    return open;
}

void Model::tell(const CellKey& key, CountAct what, std::optional<int> from, int to, std::string why) {
    auto& history = histories_[{key.facility, key.date}];
    history.push_back({now_, header_.account, what, key.period, key.section, from, to, std::move(why)});
    if (history.size() > keptChanges) history.erase(history.begin());
}

Cell& Model::countCell(const CellKey& key, int open, int reserved, CountAct what, AdjustWhy why) {
    const Cell before = cellAt(key);
    const auto from = before.version > 0 ? std::make_optional(before.open) : std::nullopt;
    const std::string said = why == AdjustWhy::taken       ? "taken"
                             : why == AdjustWhy::withdrawn ? "withdrawn"
                                                           : "";
    if (from != open) tell(key, what, from, open, said);
    Cell& cell = touch(key);
    cell.open = open;
    cell.reserved = reserved;
    return cell;
}

void Model::confirmCell(const CellKey& key, Instant confirmedAt, Instant staleAt) {
    Cell& cell = touch(key);
    cell.confirmedAt = confirmedAt;
    cell.staleAt = staleAt;
}

Result<Model::Effect> Model::run(const SetCells& command) {
    endDueAround(command.items);
    auto refused =
        problemWhere(ProblemType::version_conflict, command.items, [&](const SetCells::Item& item) {
            return item.expectedVersion && *item.expectedVersion != cellAt(item.cell).version;
        });
    if (!refused) {
        refused =
            notAdjustable(command.items, command.force, [](const SetCells::Item& item) { return item.open; });
    }
    if (refused) return tl::unexpected<Problem>(*refused);
    for (const auto& item : command.items) {
        countCell(item.cell, item.open, item.reserved.value_or(cellAt(item.cell).reserved), CountAct::set);
        confirmCell(item.cell, now_, item.staleAt);
    }
    return Effect{.cells = cellsOf(command.items)};
}

Result<Model::Effect> Model::run(const AdjustCells& command) {
    endDueAround(command.items);
    const auto newOpen = [&](const AdjustCells::Item& item) { return cellAt(item.cell).open + item.by; };
    for (std::size_t i = 0; i < command.items.size(); ++i) {
        const int open = newOpen(command.items[i]);
        if (open >= 0 && open <= maxPlaces) continue;
        Problem refused{ProblemType::invalid_params};
        refused.field = "cells[" + std::to_string(i) + "].by";
        refused.cells = {command.items[i].cell};
        return tl::unexpected<Problem>(refused);
    }
    if (auto refused = notAdjustable(command.items, command.force, newOpen))
        return tl::unexpected<Problem>(*refused);
    for (const auto& item : command.items) {
        countCell(item.cell, newOpen(item), cellAt(item.cell).reserved, CountAct::adjusted, item.why);
        confirmCell(item.cell, now_, item.staleAt);
    }
    return Effect{.cells = cellsOf(command.items)};
}

Result<Model::Effect> Model::run(const ConfirmCells& command) {
    endDue({command.facility});
    Effect effect{.confirmedAt = now_};
    for (const auto& day : command.days) {
        for (auto cell = cells_.lower_bound({command.facility, day.date, {}, {}});
             cell != cells_.end() && cell->first.facility == command.facility && cell->first.date == day.date;
             ++cell) {
            confirmCell(cell->first, now_, day.staleAt);
            ++effect.count;
        }
    }
    return effect;
}

Result<Model::Effect> Model::run(const ImportCells& command) {
    endDueAround(command.items);
    Effect effect;
    for (const auto& item : command.items) {
        const Cell cell = cellAt(item.cell);
        if (command.onlyAbsent && cell.version > 0) continue;
        if (cell.version == 0 && closed(item.cell)) {
            effect.skipped.push_back({item.cell, ProblemType::closed});
        } else if (item.open < cell.open && item.open < cell.committed()) {
            effect.skipped.push_back({item.cell, ProblemType::below_committed});
        } else {
            countCell(item.cell, item.open, item.reserved, CountAct::imported);
            confirmCell(item.cell, item.confirmedAt.value_or(now_), item.staleAt);
            ++effect.count;
        }
    }
    return effect;
}

// Bookings to come of offices that are to go.
Model::Refusal Model::awaited(const PutTerritory& command) const {
    Problem refused{ProblemType::below_committed};
    for (const auto& office : command.removedOffices) {
        std::set<std::pair<Date, std::string>> theirs;
        for (const auto& [id, booking] : bookings_) {
            const bool lives =
                booking.state == BookingState::held || booking.state == BookingState::confirmed;
            const auto last = lastDay(booking);
            if (lives && booking.office == office && last >= command.today) theirs.emplace(last, id);
        }
        for (const auto& one : theirs) refused.bookings.push_back(one.second);
    }
    if (refused.bookings.empty()) return std::nullopt;
    return refused;
}

Result<Model::Effect> Model::run(const PutTerritory& command) {
    endDueAround(command.closings);
    if (command.expectedRevision != documentRevision_) return problem(ProblemType::version_conflict);
    if (auto refused = awaited(command)) return tl::unexpected<Problem>(std::move(*refused));
    if (command.dry) return Effect{};
    for (const auto& closing : command.closings)
        if (cells_.contains(closing.cell)) followDocument(closing.cell, closing.closed);
    documentRevision_ = command.revision;
    for (const auto& [field, text] : command.fields) {
        if (!field.starts_with(facilityField)) continue;
        auto& closures = closures_[field.substr(facilityField.size())];
        closures.clear();
        const auto document = nlohmann::json::parse(text);
        for (const auto& one : document.at("closures"))
            closures.emplace_back(*dateFrom(one.at("from").get<std::string>()),
                                  *dateFrom(one.at("to").get<std::string>()));
    }
    change_.facilities = true;
    return Effect{};
}

// A cell that its manager has closed stays as it is.
void Model::followDocument(const CellKey& key, bool closed) {
    const Cell before = cellAt(key);
    if (before.closedByHand || before.closed == closed) return;
    touch(key).closed = closed;
    tell(key, closed ? CountAct::closed : CountAct::reopened, before.open, before.open);
}

bool Model::closedByDocument(const std::string& facility, Date date) const {
    const auto found = closures_.find(facility);
    return found != closures_.end() && std::ranges::any_of(found->second, [&](const auto& days) {
               return days.first <= date && date <= days.second;
           });
}

// A cell that does not exist is closed if its day is.
bool Model::closed(const CellKey& key) const {
    const auto cell = cells_.find(key);
    return cell != cells_.end() ? cell->second.closed : closedByDocument(key.facility, key.date);
}

}  // namespace placette
