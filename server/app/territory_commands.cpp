#include "app/territory_commands.hpp"

#include <algorithm>

#include "app/command_line.hpp"
#include "app/import_file.hpp"
#include "hub/loading.hpp"
#include "protocol/counts_sheet.hpp"
#include "protocol/same_text.hpp"
#include "service/territory_export.hpp"
#include "service/territory_import.hpp"

namespace placette::app {

namespace {

using redis::Awaitable;
using redis::Client;

struct ImportLine {
    StoreConfig store;
    std::string path, territory, from, to;
    bool dryRun = false, onlyAbsent = false, csv = false;
};
struct ExportLine {
    StoreConfig store;
    std::string territory, from;
};

// What is imported, and where each of its cells stands.
struct Given {
    ImportDocument document;
    std::vector<std::size_t> lines;  // of a spreadsheet
};

std::string checkDate(const std::string& text) {
    return dateFrom(text) ? std::string() : text + " is no date, as 2026-12-01";
}

int refuseAll(const std::string& path, const Problem& problem) {
    const auto tell = [&](const std::string& field, std::string_view detail) {
        std::cerr << path << ": " << (field.empty() ? "" : field + ": ") << detail << '\n';
    };
    if (problem.faults.empty()) tell(problem.field, detailOf(problem));
    for (const auto& fault : problem.faults) tell(fault.field, fault.detail);
    for (const auto& booking : problem.bookings) tell("booking", booking);
    return 1;
}

// "cells[12]" is a line of the spreadsheet.
std::string placeOf(const std::string& field, const std::vector<std::size_t>& lines) {
    constexpr std::string_view list = "cells[";
    if (lines.empty() || !field.starts_with(list)) return field;
    return "line " + std::to_string(lines.at(std::stoul(field.substr(list.size()))));
}

void printReport(const service::ImportReport& report, const std::vector<std::size_t>& lines) {
    std::cout << report.created << " created, " << report.changed << " changed, " << report.skipped.size()
              << " skipped\n";
    for (const auto& skipped : report.skipped)
        std::cout << "  " << placeOf(skipped.field, lines) << ": " << skipped.detail << '\n';
    for (const auto& warning : report.warnings)
        std::cout << "  warning: " << warning.field << ": " << warning.detail << '\n';
}

// The one that is named, or the only one.
Awaitable<Result<Directory::Entry>> territoryNamed(Client& client, service::Territories territories,
                                                   std::string id) {
    if (id.empty()) {
        const auto ids = co_await hub::territoryIds(client);
        if (!ids) co_return problem(ProblemType::store_unavailable);
        if (ids->size() != 1) {
            std::string all;
            for (const auto& one : *ids) all += (all.empty() ? "" : ", ") + one;
            co_return problem(ProblemType::invalid_params,
                              "which one? There is " + (all.empty() ? "none" : all), "--territory");
        }
        id = ids->front();
    }
    auto wanted = id;
    auto entry = co_await service::readStored(territories, std::move(wanted));
    if (entry && !*entry)
        co_return problem(ProblemType::invalid_params, "there is no territory " + id, "--territory");
    co_return entry;
}

Awaitable<Result<Given>> sheetOf(Client& client, service::Territories territories, const ImportLine& line) {
    const auto content = contentOf(line.path);
    if (!content) co_return tl::unexpected(content.error());
    const auto present = co_await territoryNamed(client, territories, line.territory);
    if (!present) co_return tl::unexpected(present.error());
    const auto& territory = (*present)->territory;
    std::optional<std::pair<Date, Date>> span;
    if (!line.from.empty()) span = {dateFrom(line.from).value(), dateFrom(line.to).value()};
    auto sheet = readCountsSheet(*content, territory, span);
    if (!sheet) co_return tl::unexpected(sheet.error());
    Given given{{}, std::move(sheet->lines)};
    given.document.territory.id = territory.id;
    given.document.territory.name = territory.name;
    given.document.territory.timezone = territory.timezone;
    given.document.cells = std::move(sheet->cells);
    co_return given;
}

bool isSheet(const ImportLine& line) {
    return line.csv || nameKey(line.path).ends_with(".csv");
}

Awaitable<int> importFile(Client& client, ImportLine line) {
    redis::Store store(client);
    hub::Documents documents;
    const service::Territories territories{store, documents};
    Given given;
    if (isSheet(line)) {
        auto sheet = co_await sheetOf(client, territories, line);
        if (!sheet) co_return refuseAll(line.path, sheet.error());
        given = std::move(*sheet);
    } else {
        auto document = readImportFile(line.path);
        if (!document) co_return refuseAll(line.path, document.error());
        given.document = std::move(*document);
    }
    const service::ImportOptions options{.dryRun = line.dryRun, .onlyAbsent = line.onlyAbsent};
    const auto report = co_await service::importDocument(territories, std::move(given.document), options);
    if (!report) co_return refuseAll(line.path, report.error());
    printReport(*report, given.lines);
    co_return 0;
}

Awaitable<int> exportTo(Client& client, ExportLine line) {
    redis::Store store(client);
    hub::Documents documents;
    const service::Territories territories{store, documents};
    const auto named = co_await territoryNamed(client, territories, line.territory);
    if (!named) co_return refuse(named.error());
    auto id = (*named)->territory.id;
    const auto exported = co_await service::exportTerritory(territories, std::move(id), dateFrom(line.from));
    if (!exported) co_return refuse(exported.error());
    std::cout << exported->document;
    if (exported->leftOut > 0)
        std::cerr
            << exported->leftOut
            << " counts are left out: nobody opens then, they were closed by hand, or never confirmed\n";
    if (!std::cout.flush()) throw std::runtime_error("the document cannot be written: is the disk full?");
    co_return 0;
}

void addImport(CLI::App& program, int& status) {
    static ImportLine line;
    auto& command = *program.add_subcommand("import", "Bring a territory, or counts of one, into the store");
    addStoreOptions(command, line.store);
    command
        .add_option("file", line.path, "A document (JSON) or a spreadsheet (CSV); - is the standard input")
        ->required();
    command.add_flag("--dry-run", line.dryRun, "Only tell what would change");
    command.add_flag("--only-absent", line.onlyAbsent, "Add what is missing, change nothing that exists");
    command.add_flag("--csv", line.csv, "It is a spreadsheet, though its name does not end with .csv");
    command.add_option("--territory", line.territory,
                       "Whose counts the spreadsheet has, if there are several");
    auto* from = command.add_option("--from", line.from, "The first day of the spreadsheet's typical week");
    auto* to = command.add_option("--to", line.to, "The last day of it");
    from->check(checkDate)->needs(to);
    to->check(checkDate)->needs(from);
    runs(
        command, line.store, status, [] { return [](Client& client) { return importFile(client, line); }; },
        Without::made);
}

void addExport(CLI::App& program, int& status) {
    static ExportLine line;
    auto& command = *program.add_subcommand(
        "export", "Print a territory with its counts, as a document that `import` takes");
    addStoreOptions(command, line.store);
    command.add_option("--territory", line.territory, "Which one, if there are several");
    command.add_option("--from", line.from, "The first day of the counts; else today")->check(checkDate);
    runs(command, line.store, status, [] { return [](Client& client) { return exportTo(client, line); }; });
}

}  // namespace

void addTerritoryCommands(CLI::App& program, int& status) {
    addImport(program, status);
    addExport(program, status);
}

}  // namespace placette::app
