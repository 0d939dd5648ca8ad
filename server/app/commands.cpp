#include "app/commands.hpp"

#include "app/account_commands.hpp"
#include "app/backup.hpp"
#include "app/command_line.hpp"
#include "app/import_file.hpp"
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

void addImport(CLI::App& program, int& status) {
    static StoreConfig store;
    static ImportFile file;
    auto& command = *program.add_subcommand("import", "Bring a territory's document into the store");
    addStoreOptions(command, store);
    command.add_option("file", file.path, "An import document (JSON); - is the standard input")->required();
    command.add_flag("--dry-run", file.dryRun, "Only tell what would change");
    command.add_flag("--only-absent", file.onlyAbsent, "Add what is missing, change nothing that exists");
    runs(
        command, store, status, [] { return [](Client& client) { return importFile(client, file); }; },
        Without::made);
}

void addBackup(CLI::App& program) {
    static StoreConfig store;
    static std::filesystem::path folder;
    static bool withKey = false;
    auto& saving = *program.add_subcommand(
        "backup", "Copy the store as it is now, and prove the copy; a server goes on");
    addStoreOptions(saving, store);
    saving.add_option("folder", folder, "A new one")->required();
    saving.add_flag("--with-key", withKey, "The key of the contacts, too: who has both can read them");
    saving.callback([] { backUp(store, folder, withKey); });
    auto& restoring = *program.add_subcommand(
        "restore", "Put a backup in the place of a store that is not there; prove it");
    addStoreOptions(restoring, store);
    restoring.add_option("folder", folder, "Of `backup`")->required()->check(CLI::ExistingDirectory);
    restoring.callback([] { restore(store, folder); });
}

void addDoctor(CLI::App& program, int& status) {
    static StoreConfig store;
    static DoctorWish wish;
    auto& command = *program.add_subcommand(
        "doctor", "Tell whether the store is well; exit code 0: it is, 1: something is wrong, 2: bad use");
    addStoreOptions(command, store);
    command.add_flag("--verify", wish.verify, "Compare all counts with their bookings");
    command.add_flag("--repair", wish.repair, "The same, and mend what differs");
    command.add_flag("--give-up", wish.giveUp,
                     "The same, and give up the places of bookings that cannot be read any more");
    command.add_flag("--json", wish.json, "For programs");
    command.callback([&status] {
        if (store.redis.empty() && !std::filesystem::exists(store.dataDir))
            throw CLI::ValidationError("--data-dir", "there is no folder " + store.dataDir.string());
        status = doctor(store, wish, std::cout);
    });
}

}  // namespace

void addCommands(CLI::App& program, int& status) {
    addImport(program, status);
    addAccountCommands(program, status);
    addTokenCommands(program, status);
    addBackup(program);
    addDoctor(program, status);
}

}  // namespace placette::app
