// The file of --config: TOML or INI, a line an option, named as on the command line without its dashes, at
// the top or under [serve].
#pragma once

#include <filesystem>
#include <iosfwd>

namespace CLI {
class App;
}

namespace placette::app {

// Gives its values to the options that neither the command line nor the environment has set. Throws
// CLI::Error, with what is wrong in plain words: no such file, not readable, an option or a section that is
// not known, a bad value.
void readConfigFile(CLI::App& command, const std::filesystem::path& file);

// What the options come to, as such a file; what is not set is left out.
void printConfig(const CLI::App& command, std::ostream&);

}  // namespace placette::app
