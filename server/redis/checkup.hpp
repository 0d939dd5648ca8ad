// Whether a Redis keeps what Placette promises: its version, role, settings and state, the store in it. One
// place says it, for `placette doctor` and for the warnings of a server that meets such a Redis.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "redis/client.hpp"

namespace placette::redis {

struct Finding {
    enum class State {
        well,
        note,     // right, and worth knowing
        unknown,  // Redis does not tell
        wrong,
    };
    std::string check;  // a word: "appendfsync"
    State state = State::well;
    std::string says;                    // what is so
    std::string todo{};                  // and what to do; empty: nothing
    std::vector<std::string> details{};  // one by one, where there are several
};

struct RedisFacts {
    std::string info;                             // INFO
    std::map<std::string, std::string> settings;  // CONFIG GET; empty: not allowed
    std::optional<std::string> schema;            // of the store; none: it is empty
    bool hasLibrary = false;                      // the functions of this program
    bool hasData = false;                         // some territory
};

// Writes nothing. Nothing: the connection was lost, or Redis answers nobody of this name.
Awaitable<std::optional<RedisFacts>> askRedis(Client&);

// In a fixed order, the same checks each time.
std::vector<Finding> findingsOf(const RedisFacts&);

}  // namespace placette::redis
