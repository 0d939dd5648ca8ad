// Waits for all connections, and calls who paces the load.
#pragma once

#include <functional>
#include <vector>

#include "clock.hpp"

namespace load {

class Loop {
public:
    Loop();
    ~Loop();
    Loop(const Loop&) = delete;
    Loop& operator=(const Loop&) = delete;

    int epoll() const { return epoll_; }

    // Called at every turn; answers when it wants to be called again at the latest.
    using Pace = std::function<Nanos(Nanos now)>;
    void set_pace(Pace pace) { pace_ = std::move(pace); }

    // Turns until it is done; false: the deadline came first. `done` is asked at every turn.
    bool turn_until(Nanos deadline, const std::function<bool()>& done);
    void turn_for(Nanos time);

private:
    void turn(Nanos until);

    int epoll_;
    std::vector<char> room_;
    Pace pace_ = [](Nanos) { return never; };
};

}  // namespace load
