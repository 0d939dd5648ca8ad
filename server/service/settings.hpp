// What an operator can set, and what session.hello tells of it.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

namespace placette::service {

struct Limits {
    std::size_t frameBytes = 256 * 1024;
    std::size_t frameBytesBeforeSignIn = 16 * 1024;
    std::size_t batch = 50;
    std::size_t subscriptions = 8;
    std::size_t cells = 500;
    std::size_t places = 60;
    std::size_t days = 31;
    std::optional<int> ratePerSecond = 50;  // calls of one session, bursts of twice that
    std::optional<int> heldPlaces = 120;    // of one office in one territory, at once
    std::optional<int> connectionsPerAddress = 200;
    std::optional<int> signInsPerMinute = 10;  // of one address or account that fail
};

struct Settings {
    std::string version;
    Limits limits;
    std::chrono::seconds holdTtl{5 * 60};  // a town would take 1 to 15 minutes
    bool demo = false;
    std::string publicUrl;  // empty: the request's own loopback Host
};

}  // namespace placette::service
