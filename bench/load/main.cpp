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
    command.add_option("--territory", options.territory);
    command.add_option("--from", options.from, "the first of 14 days");
}

void add_watching(CLI::App& command, Options& options) {
    command.add_option("--watchers", options.watchers);
    command.add_option("--publishers", options.publishers)->check(CLI::PositiveNumber);
    command.add_option("--writer-token", options.writer_token);
    command.add_option("--cells", options.cells, "changes go round over so many");
    command.add_option("--patience", options.patience, "seconds for all to reach the last change");
}

void add_time(CLI::App& command, Options& options) {
    command.add_option("--seconds", options.seconds);
    command.add_option("--warmup", options.warmup, "seconds before it is measured");
}

void add_watch(CLI::App& command, Options& options) {
    add_watching(command, options);
    add_time(command, options);
    auto* pace = command.add_option_group("pace")->require_option(1);
    pace->add_option("--rate", options.rate, "changes a second")->check(CLI::PositiveNumber);
    pace->add_option("--window", options.window, "changes outstanding")->check(CLI::PositiveNumber);
}

void add_idle(CLI::App& command, Options& options) {
    command.add_option("--connections", options.connections);
    command.add_option("--settle", options.settle, "seconds before memory is read");
}

void add_resume(CLI::App& command, Options& options) {
    add_watching(command, options);
    command.add_option("--changes", options.changes, "made while all are away");
    command.add_option("--jitter", options.jitter, "ms over which they come back");
}

void add_book(CLI::App& command, Options& options) {
    add_time(command, options);
    command.add_option("--clients", options.clients);
    command.add_option("--places", options.places, "a JSON file of what to book")->required();
}

}  // namespace

int main(int argc, char** argv) try {
    Options options;
    nlohmann::ordered_json result;
    CLI::App app("One measurement of a server that runs", "placette-load");
    app.require_subcommand(1);
    const auto add = [&](const char* name, const char* what, auto add_options, auto measure) {
        auto* command = app.add_subcommand(name, what);
        add_common(*command, options);
        add_options(*command, options);
        command->callback([&, measure] { result = measure(options); });
    };
    add("watch", "many watch, one changes", add_watch, load::watch);
    add("idle", "many are connected, nothing happens", add_idle, load::idle);
    add("resume", "all are cut at once and come back", add_resume, load::resume);
    add("book", "a closed loop of bookings", add_book, load::book);

    raise_open_files();
    CLI11_PARSE(app, argc, argv);
    std::cout << result.dump() << '\n';
    return 0;
} catch (const std::exception& error) {
    std::cerr << "placette-load: " << error.what() << '\n';
    return 1;
}
