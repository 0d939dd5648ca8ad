#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <string_view>
#include <vector>

#include "app/account_commands.hpp"
#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/config_file.hpp"
#include "app/hopeless.hpp"
#include "app/serve.hpp"
#include "observe/log_format.hpp"
#include "version.hpp"

namespace {

constexpr int badUse = 2, hopeless = 3;  // docs/operate.md

// The standard output is for what was asked for: a token, an address, a report.
void logToStandardError() {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("placette"));
    placette::observe::logTo(placette::observe::LogFormat::text);
    spdlog::set_level(spdlog::level::warn);  // `serve` says more
}

// What is written is for this user alone, and what is in memory (keys, passwords, contacts) for nobody: its
// Redis inherits the first two.
void keepPrivate() {
    ::umask(0077);
    const rlimit none{0, 0};
    ::setrlimit(RLIMIT_CORE, &none);
    ::prctl(PR_SET_DUMPABLE, 0);  // a core that goes to a program knows no limit
}

// A password within an address (redis://user:password@host) is not for who lists the processes.
void hidePasswords(int argc, char** argv) {
    for (int i = 1; i < argc; ++i) {
        const std::string_view word(argv[i]);
        const auto scheme = word.find("://"), at = word.rfind('@');
        const auto colon = scheme == std::string_view::npos ? scheme : word.find(':', scheme + 3);
        if (at == std::string_view::npos || colon == std::string_view::npos || colon > at) continue;
        std::fill(argv[i] + colon + 1, argv[i] + at, '*');
    }
}

// What the command line and the environment have told, with the file of --config.
void settle(CLI::App& command, placette::app::ServeConfig& config) {
    placette::app::readConfigFile(command, config.store.file);
    placette::app::mustFitTogether(config);
    for (const auto& name : placette::app::unknownSettings())
        spdlog::warn("{} in the environment is no setting: `placette serve --help` names them", name);
}

}  // namespace

int main(int argc, char** argv) {
    using namespace placette::app;
    keepPrivate();
    CLI::App program{"Placette: the live places of a territory's nurseries"};
    program.set_version_flag("--version", placette::versionLine());
    program.require_subcommand(1);
    int status = 0;

    ServeConfig serving;
    auto& serveCommand = *program.add_subcommand("serve", "Run the server");
    addServeOptions(serveCommand, serving);
    serveCommand.callback([&] {
        settle(serveCommand, serving);
        status = serve(serving);
    });
    ServeConfig checked;
    auto& checkCommand = *program.add_subcommand(
        "check-config",
        "Tell whether `serve` would take these options, and what they come to; start nothing");
    addServeOptions(checkCommand, checked);
    checkCommand.callback([&] {
        settle(checkCommand, checked);
        printConfig(checkCommand, std::cout);
    });
    addCommands(program, status);

    try {
        logToStandardError();
        if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
        std::vector<std::string> words(argv + 1, argv + argc);
        hidePasswords(argc, argv);
        std::ranges::reverse(words);  // as CLI11 takes them
        program.parse(std::move(words));
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : badUse;  // --help is no error
    } catch (const Hopeless& error) {
        std::cerr << "placette: " << error.what() << '\n';
        return hopeless;
    } catch (const std::exception& error) {
        std::cerr << "placette: " << error.what() << '\n';
        return 1;
    }
    return status;
}
