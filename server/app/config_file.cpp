#include "app/config_file.hpp"

#include <CLI/CLI.hpp>
#include <cerrno>
#include <fstream>
#include <sstream>
#include <system_error>

#include "app/config.hpp"

namespace placette::app {

namespace fs = std::filesystem;

namespace {

CLI::ValidationError wrong(const fs::path& file, const std::string& what) {
    return CLI::ValidationError("--config", file.string() + ": " + what);
}

std::vector<CLI::ConfigItem> itemsOf(const fs::path& file) {
    if (fs::is_directory(file)) throw wrong(file, "is a folder");
    errno = 0;
    std::ifstream stream(file);
    if (!stream) throw wrong(file, std::generic_category().message(errno));
    try {
        return CLI::ConfigTOML().from_config(stream);
    } catch (const CLI::Error& error) {
        throw wrong(file, error.what());
    }
}

}  // namespace

void readConfigFile(CLI::App& command, const fs::path& file) {
    if (file.empty()) return;
    CLI::App serve;
    ServeConfig unused;
    addServeOptions(serve, unused);
    for (const auto& item : itemsOf(file)) {
        if (item.name == "++" || item.name == "--") continue;  // a section begins, ends
        const bool ofCommand = item.parents.empty() || item.parents == std::vector<std::string>{"serve"};
        if (!ofCommand) throw wrong(file, "there is no section [" + item.parents.front() + "]");
        const bool known = item.name != "config" && serve.get_option_no_throw("--" + item.name) != nullptr;
        if (!known) throw wrong(file, "there is no option " + item.name);
        auto* option = command.get_option_no_throw("--" + item.name);
        if (!option || option->count() > 0) continue;
        const bool isFlag = option->get_expected_min() == 0;
        if (isFlag)
            option->add_result(
                option->get_flag_value(item.name, item.inputs.empty() ? "" : item.inputs.front()));
        else
            option->add_result(item.inputs);
        option->run_callback();
    }
}

void printConfig(const CLI::App& command, std::ostream& out) {
    std::istringstream lines(command.config_to_str(true));
    for (std::string line; std::getline(lines, line);)
        if (!line.ends_with("=\"\"") && !line.starts_with("config=")) out << line << '\n';
}

}  // namespace placette::app
