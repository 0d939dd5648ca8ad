#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>

#include "scenarios.hpp"

namespace {

using load::Options;

void raise_open_files() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

void add_common(CLI::App& command, Options& options) {
    command.add_option("--target", options.target)->required();
    command.add_option("--address", options.address, "HOST:PORT")->required();
    command.add_option("--pid", options.pids, "a process to measure");
    command.add_option("--apart-pid", options.apart_pids, "a process told apart from them");
    command.add_option("--token", options.token);
}

void add_board(CLI::App& command, Options& options) {
    command.add_option("--writer-token", options.writer_token);
    command.add_option("--territory", options.territory);
    command.add_option("--from", options.from, "the first of 14 days");
    command.add_option("--cells", options.cells, "changes go round over so many");
}

void add_watch(CLI::App& command, Options& options) {
    add_common(command, options);
    add_board(command, options);
    command.add_option("--watchers", options.watchers);
    auto* pace = command.add_option_group("pace")->require_option(1);
    pace->add_option("--rate", options.rate, "changes a second");
    pace->add_option("--window", options.window, "changes outstanding")->check(CLI::PositiveNumber);
    command.add_option("--seconds", options.seconds);
    command.add_option("--warmup", options.warmup, "seconds before it is measured");
    command.add_option("--patience", options.patience, "seconds for the last changes to arrive");
}

}  // namespace

int main(int argc, char** argv) try {
    Options options;
    CLI::App app("One measurement of a server that runs", "placette-load");
    app.require_subcommand(1);
    nlohmann::ordered_json result;

    auto* watch = app.add_subcommand("watch", "many watch, one changes");
    add_watch(*watch, options);
    watch->callback([&] { result = load::watch(options); });

    raise_open_files();
    CLI11_PARSE(app, argc, argv);
    std::cout << result.dump() << '\n';
    return 0;
} catch (const std::exception& error) {
    std::cerr << "placette-load: " << error.what() << '\n';
    return 1;
}
