// import and export: what a territory is, and its counts.
#pragma once

namespace CLI {
class App;
}

namespace placette::app {

void addTerritoryCommands(CLI::App& program, int& status);

}  // namespace placette::app
