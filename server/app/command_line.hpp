// What the commands have in common: each runs a coroutine on a connected client, and answers an exit code.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>

#include "app/config.hpp"
#include "app/config_file.hpp"
#include "app/store_access.hpp"
#include "placette/domain/problem.hpp"

namespace placette::app {

// 0: done; 1: refused, and the standard error says why.
using CommandWork = std::function<redis::Awaitable<int>(redis::Client&)>;

inline redis::Awaitable<void> keepStatus(redis::Awaitable<int> work, int& status) {
    status = co_await std::move(work);
}

// A command that finds no store would make an empty one, and nobody would notice.
inline void mustExist(const StoreConfig& store) {
    if (store.redis.empty() && !std::filesystem::exists(store.dataDir / "appendonlydir"))
        throw std::runtime_error("there is no store in " + store.dataDir.string() +
                                 ": tell --data-dir or --redis");
}

enum class Without { refused, made };  // a store

// `work` is made when the command is called, from what its line has told by then.
inline void runs(CLI::App& command, const StoreConfig& store, int& status, std::function<CommandWork()> work,
                 Without without = Without::refused) {
    command.callback([&command, &store, &status, without, work = std::move(work)] {
        readConfigFile(command, store.file);
        if (without == Without::refused) mustExist(store);
        withStore(store,
                  [&status, run = work()](redis::Client& client) { return keepStatus(run(client), status); });
    });
}

// `placette account list`: what a family of commands works on is told once, by those of its members that are
// called.
class Family {
public:
    Family(CLI::App& program, const char* name, const char* does, StoreConfig& store)
        : family_(*program.add_subcommand(name, does)), store_(store) {
        family_.require_subcommand(1);
    }

    CLI::App& member(const char* name, const char* does) {
        auto& command = *family_.add_subcommand(name, does);
        addStoreOptions(command, store_);
        return command;
    }

private:
    CLI::App& family_;
    StoreConfig& store_;
};

inline int refuse(const Problem& problem) {
    std::cerr << "placette: " << (problem.field.empty() ? "" : problem.field + ": ") << detailOf(problem)
              << '\n';
    return 1;
}

}  // namespace placette::app
