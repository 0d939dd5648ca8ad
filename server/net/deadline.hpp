// Closes a socket when a step takes too long: what waits on it then ends with an error.
#pragma once

#include <chrono>
#include <memory>

#include "net/types.hpp"
#include "redis/timer.hpp"

namespace placette::net {

class Deadline {
public:
    explicit Deadline(Socket& socket) : socket_(socket), timer_(socket.get_executor()) {}

    // Starts a step; the one before is over.
    void within(std::chrono::seconds time) {
        step_ = std::make_shared<Socket*>(&socket_);
        timer_.expires_after(time);
        // An expiry that is queued already cannot be called back: it must find that its step is over.
        timer_.async_wait([step = std::weak_ptr(step_)](ErrorCode error) {
            ErrorCode ignored;
            if (const auto socket = step.lock(); socket && !error) (*socket)->close(ignored);
        });
    }

    void stop() {
        step_.reset();
        timer_.cancel();
    }

private:
    Socket& socket_;
    redis::Timer timer_;
    std::shared_ptr<Socket*> step_;
};

}  // namespace placette::net
