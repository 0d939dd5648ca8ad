#include <sodium.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "app/account_commands.hpp"
#include "app/commands.hpp"
#include "app/config.hpp"
#include "app/serve.hpp"
#include "version.hpp"

namespace {

constexpr int badUse = 2;

// The standard output is for what was asked for: a token, an address, a report.
void logToStandardError() {
    spdlog::set_default_logger(spdlog::stderr_logger_mt("placette"));
    spdlog::set_pattern("%Y-%m-%dT%H:%M:%S.%eZ %l %v", spdlog::pattern_time_type::utc);
    spdlog::set_level(spdlog::level::warn);  // `serve` says more
}

}  // namespace

int main(int argc, char** argv) {
    using namespace placette::app;
    CLI::App program{"Placette: the live places of a territory's nurseries"};
    program.set_version_flag("--version", placette::versionLine());
    program.require_subcommand(1);
    int status = 0;

    ServeConfig serving;
    auto& serveCommand = *program.add_subcommand("serve", "Run the server");
    addServeOptions(serveCommand, serving);
    serveCommand.callback([&] { status = serve(serving); });
    addCommands(program, status);

    try {
        logToStandardError();
        if (sodium_init() < 0) throw std::runtime_error("libsodium cannot start");
        program.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return program.exit(error) == 0 ? 0 : badUse;  // --help is no error
    } catch (const std::exception& error) {
        std::cerr << "placette: " << error.what() << '\n';
        return 1;
    }
    return status;
}
