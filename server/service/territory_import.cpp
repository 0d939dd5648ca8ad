#include "service/territory_import.hpp"

#include <algorithm>
#include <set>

#include "redis/codec.hpp"
#include "redis/keys.hpp"
#include "service/import_plan.hpp"
#include "service/territory_store.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr std::size_t cellsPerStep = 500;

// A field of a cells hash is <period>|<section>.
void addCells(std::map<CellKey, Cell>& cells, const std::string& facility, Date date,
              const redis::Reply& hash) {
    for (std::size_t i = 0; i + 1 < hash.items.size(); i += 2) {
        const auto& field = hash.items[i].text;
        const auto bar = field.find('|');
        if (bar == std::string::npos) continue;
        cells[{facility, date, field.substr(0, bar), field.substr(bar + 1)}] =
            redis::decodeCell(hash.items[i + 1].text);
    }
}

Awaitable<Result<std::map<CellKey, Cell>>> presentCells(redis::Store& store, std::string territory,
                                                        std::set<std::pair<std::string, Date>> days) {
    std::map<CellKey, Cell> cells;
    for (const auto& [facility, date] : days) {
        std::vector<std::string> words{"HGETALL", redis::keys::cells(territory, facility, date)};
        const auto hash = co_await store.client().command(std::move(words));
        if (!hash || hash->isError()) co_return problem(ProblemType::store_unavailable);
        addCells(cells, facility, date, *hash);
    }
    co_return cells;
}

std::vector<Command> cellSteps(std::vector<ImportCells::Item> items, bool onlyAbsent) {
    std::vector<Command> steps;
    for (std::size_t from = 0; from < items.size(); from += cellsPerStep) {
        const auto begin = items.begin() + static_cast<std::ptrdiff_t>(from);
        const auto end =
            items.begin() + static_cast<std::ptrdiff_t>(std::min(from + cellsPerStep, items.size()));
        steps.emplace_back(ImportCells{{std::move_iterator(begin), std::move_iterator(end)}, onlyAbsent});
    }
    return steps;
}

std::optional<Problem> firstTaken(const Territory& wanted, const std::set<std::string>& elsewhere) {
    for (std::size_t i = 0; i < wanted.facilities.size(); ++i)
        if (elsewhere.contains(wanted.facilities[i].id))
            return Problem{ProblemType::invalid_params, "a facility of another territory has this id",
                           "facilities[" + std::to_string(i) + "].id"};
    return std::nullopt;
}

// What the import comes to. Nothing is written yet.
struct Plan {
    ImportReport report;
    std::vector<Command> cells;
};
Awaitable<Result<Plan>> planned(redis::Store& store, ImportDocument document, bool onlyAbsent) {
    const auto id = document.territory.id;
    std::vector<std::string> wanted;
    for (const auto& facility : document.territory.facilities) wanted.push_back(facility.id);
    const auto elsewhere = co_await takenElsewhere(store, id, std::move(wanted));
    if (!elsewhere) co_return tl::unexpected(elsewhere.error());
    if (auto bad = firstTaken(document.territory, *elsewhere)) co_return tl::unexpected(std::move(*bad));
    const auto stored = co_await readStored(store, id);
    if (!stored) co_return tl::unexpected(stored.error());

    Plan plan;
    const auto after = merged(stored->territory, document.territory, onlyAbsent, plan.report);
    auto cells = plannedCells(document, after, now(), plan.report);
    std::set<std::pair<std::string, Date>> days;
    for (const auto& [field, item] : cells) days.emplace(item.cell.facility, item.cell.date);
    const auto present = co_await presentCells(store, id, std::move(days));
    if (!present) co_return tl::unexpected(present.error());
    plan.cells = cellSteps(cellsToWrite(std::move(cells), *present, onlyAbsent, plan.report), onlyAbsent);
    co_return plan;
}

Awaitable<Result<std::int64_t>> carryOut(redis::Store& store, Territory wanted, std::vector<Command> cells,
                                         ImportOptions options) {
    const auto id = wanted.id;
    const auto first = cells.empty() ? options.header : WriteHeader{};
    TerritoryChange merge = [wanted = std::move(wanted),
                             onlyAbsent = options.onlyAbsent](const auto& present) {
        ImportReport uncounted;
        return merged(present, wanted, onlyAbsent, uncounted);
    };
    const auto changed = co_await changeTerritory(store, id, first, std::move(merge));
    if (!changed) co_return tl::unexpected(changed.error());
    const auto announced = co_await announceTerritory(store, id);
    if (!announced) co_return tl::unexpected(announced.error());

    auto offset = changed->outcome.offset;
    for (std::size_t i = 0; i < cells.size(); ++i) {
        auto header = i + 1 == cells.size() ? options.header : WriteHeader{};
        const auto outcome = co_await store.execute(id, std::move(header), std::move(cells[i]));
        if (!outcome) co_return tl::unexpected(outcome.error());
        offset = outcome->offset;
    }
    co_return offset;
}

}  // namespace

Awaitable<Result<ImportReport>> importDocument(redis::Store& store, ImportDocument document,
                                               ImportOptions options) {
    auto wanted = document.territory;
    Command find = FindReplay{};
    const auto found = co_await store.execute(wanted.id, options.header, std::move(find));
    if (!found) co_return tl::unexpected(found.error());
    if (found->replayed) co_return ImportReport{0, 0, {}, found->offset, true};

    auto plan = co_await planned(store, std::move(document), options.onlyAbsent);
    if (!plan) co_return tl::unexpected(plan.error());
    plan->report.offset = found->offset;
    if (options.dryRun) co_return std::move(plan->report);

    const auto offset =
        co_await carryOut(store, std::move(wanted), std::move(plan->cells), std::move(options));
    if (!offset) co_return tl::unexpected(offset.error());
    plan->report.offset = *offset;
    co_return std::move(plan->report);
}

}  // namespace placette::service
