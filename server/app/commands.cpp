#include "app/commands.hpp"

#include "app/account_commands.hpp"
#include "app/backup.hpp"
#include "app/command_line.hpp"
#include "app/store_doctor.hpp"
#include "app/territory_commands.hpp"

namespace placette::app {

namespace {

void addBackup(CLI::App& program) {
    static StoreConfig store;
    static std::filesystem::path folder;
    static bool withKey = false;
    auto& saving = *program.add_subcommand(
        "backup", "Copy the store as it is now, and prove the copy; a server goes on");
    addStoreOptions(saving, store);
    saving.add_option("folder", folder, "A new one")->required();
    saving.add_flag("--with-key", withKey, "The key of the contacts, too: who has both can read them");
    saving.callback([&saving] {
        readConfigFile(saving, store.file);
        backUp(store, folder, withKey);
    });
    auto& restoring = *program.add_subcommand(
        "restore", "Put a backup in the place of a store that is not there; prove it");
    addStoreOptions(restoring, store);
    restoring.add_option("folder", folder, "Of `backup`")->required()->check(CLI::ExistingDirectory);
    restoring.callback([&restoring] {
        readConfigFile(restoring, store.file);
        restore(store, folder);
    });
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
    command.callback([&command, &status] {
        readConfigFile(command, store.file);
        if (store.redis.empty() && !std::filesystem::exists(store.dataDir))
            throw CLI::ValidationError("--data-dir", "there is no folder " + store.dataDir.string());
        status = doctor(store, wish, std::cout);
    });
}

}  // namespace

void addCommands(CLI::App& program, int& status) {
    addTerritoryCommands(program, status);
    addAccountCommands(program, status);
    addTokenCommands(program, status);
    addBackup(program);
    addDoctor(program, status);
}

}  // namespace placette::app
