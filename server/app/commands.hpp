// The commands beside `serve`: they work beside a running server, or without one.
#pragma once

namespace CLI {
class App;
}

namespace placette::app {

void addCommands(CLI::App&, int& status);  // import, account, token, backup, restore, doctor

}  // namespace placette::app
