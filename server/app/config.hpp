// What the operator sets: command line first, then PLACETTE_* of the environment, then the file of --config.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "hub/upkeep.hpp"
#include "service/settings.hpp"

namespace CLI {
class App;
}

namespace placette::app {

struct StoreConfig {
    std::filesystem::path file;                       // --config; empty: none
    std::filesystem::path dataDir = "placette-data";  // its own Redis, and the key of the contacts
    std::string redis;                                // an existing Redis instead; empty: its own
    unsigned diskReserve = 64;  // MiB of the data folder's disk: below it nothing is written
};

struct ServeConfig {
    StoreConfig store;
    std::string listen = "127.0.0.1:8080";
    std::string metricsListen;     // /metrics alone; empty: with all else, for this machine
    std::string publicUrl;         // as an origin: "https://places.example.fr"
    std::filesystem::path webDir;  // the built pages
    std::filesystem::path demoDocument;
    bool demo = false, keepDemoAccounts = false, replaceContactsKey = false;
    unsigned threads = 0;  // 0: one a core
    int holdTtlSeconds = 300;
    hub::Retention retention;
    int ratePerSecond = 50, connectionsPerAddress = 200, signInsPerMinute = 10,
        heldPlacesPerOffice = 120;  // 0: no limit
    std::vector<std::string> trustedProxies{"127.0.0.0/8", "::1/128"};
    std::string logLevel = "info", logFormat = "text";

    service::Settings settings() const;
};

void addStoreOptions(CLI::App&, StoreConfig&);
void addServeOptions(CLI::App&, ServeConfig&);

// What no server could be started with, though each option for itself can be. Throws CLI::ValidationError.
void mustFitTogether(const ServeConfig&);

// Those of PLACETTE_* in the environment that are no setting: misspelt, most likely.
std::vector<std::string> unknownSettings();

}  // namespace placette::app
