#include "service/territory_import.hpp"

#include <algorithm>
#include <set>

#include "placette/domain/flaws.hpp"
#include "redis/codec.hpp"
#include "redis/keys.hpp"
#include "service/import_plan.hpp"
#include "service/territory_store.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr std::size_t cellsPerStep = 500;
constexpr std::ptrdiff_t daysAtOnce = 500;

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
    for (auto from = days.begin(); from != days.end();) {
        const auto end = std::ranges::next(from, daysAtOnce, days.end());
        std::vector<std::vector<std::string>> commands;
        for (auto day = from; day != end; ++day)
            commands.push_back({"HGETALL", redis::keys::cells(territory, day->first, day->second)});
        const auto hashes = co_await store.client().pipeline(std::move(commands));
        if (!hashes || std::ranges::any_of(hashes->items, &redis::Reply::isError))
            co_return problem(ProblemType::store_unavailable);
        for (const auto& hash : hashes->items) {
            addCells(cells, from->first, from->second, hash);
            ++from;
        }
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

using SharedTerritory = std::shared_ptr<const Territory>;

SharedTerritory afterwards(const Directory::Entry& stored, const ImportDocument& document, bool onlyAbsent,
                           ImportReport& report) {
    if (stored && leavesAsItIs(stored->territory, document)) return {stored, &stored->territory};
    auto after = merged(territoryOf(stored), document.territory, onlyAbsent, report);
    report.changed += without(after, document);
    return std::make_shared<const Territory>(std::move(after));
}

// What is wrong is refused, all of it at once; what is odd is told.
std::optional<Problem> judged(const ImportDocument& document, const Territory& after, ImportReport& report) {
    std::optional<Problem> refused;
    const auto refuse = [&](std::string field, std::string detail) {
        if (!refused) refused = Problem{ProblemType::invalid_params, detail, field};
        refused->faults.push_back({std::move(field), std::move(detail)});
    };
    for (auto& [field, detail, wrong] : flawsOf(document.territory, after)) {
        if (wrong)
            refuse(std::move(field), std::move(detail));
        else
            report.warnings.push_back({std::move(field), std::move(detail)});
    }
    for (auto& [field, detail] : stillNeeded(document, after)) refuse(std::move(field), std::move(detail));
    return refused;
}

// What the import comes to. Nothing is written yet.
struct Plan {
    ImportReport report;
    bool territoryStays = false;
    std::vector<Command> cells;
    std::map<CellKey, std::string> fields;  // where the document names them
};
Awaitable<Result<Plan>> planned(Territories territories, ImportDocument document, bool onlyAbsent) {
    const auto id = document.territory.id;
    std::vector<std::string> wanted;
    for (const auto& facility : document.territory.facilities) wanted.push_back(facility.id);
    const auto elsewhere = co_await takenElsewhere(territories.store, id, std::move(wanted));
    if (!elsewhere) co_return tl::unexpected(elsewhere.error());
    if (auto bad = firstTaken(document.territory, *elsewhere)) co_return tl::unexpected(std::move(*bad));
    const auto stored = co_await readStored(territories, id);
    if (!stored) co_return tl::unexpected(stored.error());

    Plan plan;
    const auto after = afterwards(*stored, document, onlyAbsent, plan.report);
    if (auto bad = judged(document, *after, plan.report)) co_return tl::unexpected(std::move(*bad));
    plan.territoryStays = after.get() == territoryOf(*stored);
    auto cells = plannedCells(document, *after, now(), plan.report);
    std::set<std::pair<std::string, Date>> days;
    for (const auto& [field, item] : cells) {
        days.emplace(item.cell.facility, item.cell.date);
        plan.fields.emplace(item.cell, field);
    }
    const auto present = co_await presentCells(territories.store, id, std::move(days));
    if (!present) co_return tl::unexpected(present.error());
    plan.cells = cellSteps(cellsToWrite(std::move(cells), *present, onlyAbsent, plan.report), onlyAbsent);
    co_return plan;
}

Awaitable<Result<std::int64_t>> putTerritory(Territories territories, ImportDocument wanted,
                                             WriteHeader header, bool onlyAbsent, HowChanged how) {
    const auto id = wanted.territory.id;
    TerritoryChange merge = [wanted = std::move(wanted), onlyAbsent](const Territory* present) {
        ImportReport uncounted;
        auto after = merged(present, wanted.territory, onlyAbsent, uncounted);
        without(after, wanted);
        return after;
    };
    const auto outcome = co_await changeTerritory(territories, id, std::move(header), std::move(merge), how);
    if (!outcome) co_return tl::unexpected(outcome.error());
    co_return outcome->offset;
}

// What has changed between the plan and its execution.
void tellSkipped(ImportReport& report, const Plan& plan, const std::vector<Skipped>& skipped) {
    for (const auto& [cell, why] : skipped) {
        const bool closed = why == ProblemType::closed;
        int& counted = closed ? report.created : report.changed;
        counted = std::max(0, counted - 1);
        report.skipped.push_back({plan.fields.at(cell), closed ? notOpenThen : moreTaken});
    }
}

Awaitable<Result<ImportReport>> carryOut(Territories territories, ImportDocument wanted, Plan plan,
                                         ImportOptions options) {
    const auto id = wanted.territory.id;
    auto report = plan.report;
    if (!plan.territoryStays) {
        auto first = plan.cells.empty() ? options.header : WriteHeader{};
        const auto put =
            co_await putTerritory(territories, std::move(wanted), std::move(first), options.onlyAbsent,
                                  options.force ? HowChanged::displacing : HowChanged::sparing);
        if (!put) co_return tl::unexpected(put.error());
        report.offset = *put;
    }
    const auto announced = co_await announceTerritory(territories.store, id);
    if (!announced) co_return tl::unexpected(announced.error());
    for (std::size_t i = 0; i < plan.cells.size(); ++i) {
        auto header = i + 1 == plan.cells.size() ? options.header : WriteHeader{};
        const auto outcome =
            co_await territories.store.execute(id, std::move(header), std::move(plan.cells[i]));
        if (!outcome) co_return tl::unexpected(outcome.error());
        report.offset = outcome->offset;
        tellSkipped(report, plan, outcome->skipped);
    }
    co_return report;
}

// What it comes to, with the bookings that would be hit.
Awaitable<Result<ImportReport>> told(Territories territories, ImportDocument wanted, Plan plan,
                                     bool onlyAbsent) {
    auto report = std::move(plan.report);
    if (plan.territoryStays) co_return report;
    WriteHeader nobody;
    const auto tried = co_await putTerritory(territories, std::move(wanted), std::move(nobody), onlyAbsent,
                                             HowChanged::notAtAll);
    if (tried) co_return report;
    if (tried.error().type != ProblemType::below_committed) co_return tl::unexpected(tried.error());
    for (const auto& id : tried.error().bookings)
        report.skipped.push_back({"facilities", "booking " + id + " would not fit any more"});
    co_return report;
}

}  // namespace

Awaitable<Result<ImportReport>> importDocument(Territories territories, ImportDocument document,
                                               ImportOptions options) {
    ImportDocument wanted{document.territory, {}, document.noOffices, document.noCommunes};
    Command find = FindReplay{};
    const auto found =
        co_await territories.store.execute(wanted.territory.id, options.header, std::move(find));
    if (!found) co_return tl::unexpected(found.error());
    if (found->replayed) co_return ImportReport{0, 0, {}, {}, found->offset, true};

    auto plan = co_await planned(territories, std::move(document), options.onlyAbsent);
    if (!plan) co_return tl::unexpected(plan.error());
    plan->report.offset = found->offset;
    if (options.dryRun)
        co_return co_await told(territories, std::move(wanted), std::move(*plan), options.onlyAbsent);

    co_return co_await carryOut(territories, std::move(wanted), std::move(*plan), std::move(options));
}

}  // namespace placette::service
