#include "app/commands.hpp"

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/account_commands.hpp"
#include "app/import_file.hpp"
#include "app/store_access.hpp"
#include "app/store_doctor.hpp"
#include "service/territory_import.hpp"

namespace placette::app {

namespace {

using redis::Awaitable;
using redis::Client;

struct ImportFile {
    std::string path;
    bool dryRun = false, onlyAbsent = false;
};

void printReport(const service::ImportReport& report) {
    std::cout << report.created << " created, " << report.changed << " changed, " << report.skipped.size()
              << " skipped\n";
    for (const auto& skipped : report.skipped)
        std::cout << "  " << skipped.field << ": " << skipped.detail << '\n';
}

Awaitable<int> importFile(Client& client, ImportFile file) {
    auto document = readImportFile(file.path);
    if (!document) {
        const auto& field = document.error().field;
        std::cerr << file.path << ": " << (field.empty() ? "" : field + ": ") << detailOf(document.error())
                  << '\n';
        co_return 1;
    }
    redis::Store store(client);
    hub::Documents documents;
    const service::ImportOptions options{.dryRun = file.dryRun, .onlyAbsent = file.onlyAbsent};
    const auto report = co_await service::importDocument({store, documents}, std::move(*document), options);
    if (!report) {
        std::cerr << file.path << ": " << frenchTitle(report.error().type) << ' ' << report.error().field
                  << ' ' << detailOf(report.error()) << '\n';
        co_return 1;
    }
    printReport(*report);
    co_return 0;
}

Awaitable<void> keepStatus(Awaitable<int> work, int& status) {
    status = co_await std::move(work);
}

// What a command was told on its line; it lives until main ends.
struct Lines {
    StoreConfig store;
    ImportFile import;
    AccountAdd account;
    TokenCreate token;
    bool passwordOnInput = false;
    DoctorWish doctor;
};

void addImport(CLI::App& program, Lines& lines, int& status) {
    auto& command = *program.add_subcommand("import", "Bring a territory's document into the store");
    addStoreOptions(command, lines.store);
    command.add_option("file", lines.import.path, "An import document (JSON)")
        ->required()
        ->check(CLI::ExistingFile);
    command.add_flag("--dry-run", lines.import.dryRun, "Only tell what would change");
    command.add_flag("--only-absent", lines.import.onlyAbsent,
                     "Add what is missing, change nothing that exists");
    command.callback([&] {
        withStore(lines.store,
                  [&](Client& client) { return keepStatus(importFile(client, lines.import), status); });
    });
}

void addAccounts(CLI::App& program, Lines& lines, int& status) {
    auto& account = *program.add_subcommand("account", "Who may sign in");
    account.require_subcommand(1);
    auto& command =
        *account.add_subcommand("add", "Add an account; prints a one-time code to set the password with");
    addStoreOptions(command, lines.store);
    command.add_option("account", lines.account.account, "What one signs in with, e.g. an address")
        ->required();
    command.add_option("--name", lines.account.name, "As shown beside bookings")->required();
    command.add_option("--phone", lines.account.phone, "As shown beside bookings");
    command.add_option("--role", lines.account.roles, "manager, worker, coordinator, admin or integrator")
        ->required();
    command.add_option("--facility", lines.account.facilities, "A facility it runs");
    command.add_option("--office", lines.account.offices, "An office it works for");
    command.add_option("--territory", lines.account.territories, "A territory it sees; none: all");
    command.add_flag("--password-stdin", lines.passwordOnInput, "Read the password from the standard input");
    command.callback([&] {
        if (lines.passwordOnInput) lines.account.password = readPassword(std::cin);
        identity::Passwords passwords;
        withStore(lines.store, [&](Client& client) {
            return keepStatus(addAccount(client, passwords, lines.account, std::cout, std::cerr), status);
        });
    });
}

void addTokens(CLI::App& program, Lines& lines, int& status) {
    auto& token = *program.add_subcommand("token", "Bearer tokens of programs");
    token.require_subcommand(1);
    auto& command = *token.add_subcommand("create", "Print a new bearer token, alone on a line");
    addStoreOptions(command, lines.store);
    command.add_option("--account", lines.token.account, "Whose it is")->required();
    command.add_option("--name", lines.token.name, "What it is for")->capture_default_str();
    command.callback([&] {
        identity::Passwords passwords;
        withStore(lines.store, [&](Client& client) {
            return keepStatus(createToken(client, passwords, lines.token, std::cout, std::cerr), status);
        });
    });
}

void addDoctor(CLI::App& program, Lines& lines, int& status) {
    auto& command = *program.add_subcommand(
        "doctor", "Tell whether the store is well; exit code 0: it is, 1: something is wrong, 2: bad use");
    addStoreOptions(command, lines.store);
    command.add_flag("--verify", lines.doctor.verify, "Compare all counts with their bookings");
    command.add_flag("--repair", lines.doctor.repair, "The same, and mend what differs");
    command.add_flag("--give-up", lines.doctor.giveUp,
                     "The same, and give up the places of bookings that cannot be read any more");
    command.add_flag("--json", lines.doctor.json, "For programs");
    command.callback([&] {
        if (lines.store.redis.empty() && !std::filesystem::exists(lines.store.dataDir))
            throw CLI::ValidationError("--data-dir", "there is no folder " + lines.store.dataDir.string());
        status = doctor(lines.store, lines.doctor, std::cout);
    });
}

}  // namespace

void addCommands(CLI::App& program, int& status) {
    static Lines lines;
    addImport(program, lines, status);
    addAccounts(program, lines, status);
    addTokens(program, lines, status);
    addDoctor(program, lines, status);
}

}  // namespace placette::app
