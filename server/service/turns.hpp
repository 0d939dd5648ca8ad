// The writes of one session reach Redis in the order of its calls, although some calls must read before they
// write: each takes its turn when it starts, and ends it where it sends its command. By the same means the
// snapshots that a session asks for are made one after the other.
#pragma once

#include <cstdint>
#include <memory>

#include "redis/client.hpp"

namespace placette::service {

class Turns {
public:
    Turns();

private:
    friend class Turn;
    struct State;
    std::shared_ptr<State> state_;
};

class Turn {
public:
    explicit Turn(Turns&);  // of a write: at the start of the call, before it first suspends
    Turn(Turn&&) noexcept = default;
    Turn& operator=(Turn&&) = delete;
    ~Turn() { end(); }

    redis::Awaitable<void> come();  // returns when all turns taken before are over
    void end();                     // what the caller sends before it suspends again is still first

private:
    std::shared_ptr<Turns::State> state_;  // null: moved away, or over
    std::uint64_t number_ = 0;
};

}  // namespace placette::service
