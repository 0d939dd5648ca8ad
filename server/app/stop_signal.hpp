// SIGTERM or SIGINT, whenever it comes. A second one ends the process at once.
#pragma once

#include <boost/asio/signal_set.hpp>
#include <functional>

#include "redis/timer.hpp"

namespace placette::app {

class StopSignal {
public:
    explicit StopSignal(redis::net::io_context& context)
        : signals_(context, SIGINT, SIGTERM), came_(context) {
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (error) return;
            asked_ = true;
            signals_.clear();
            came_.cancel();
            if (onAsked) onAsked();
        });
    }

    bool asked() const { return asked_; }
    // For so long, or until it comes.
    redis::Awaitable<void> pause(std::chrono::milliseconds time) {
        if (!asked_) co_await redis::pause(came_, time);
    }
    redis::Awaitable<void> wait() {
        while (!asked_) co_await redis::pause(came_, std::chrono::hours{1});
    }

    std::function<void()> onAsked;  // of what is under way and takes long

private:
    redis::net::signal_set signals_;
    redis::Timer came_;
    bool asked_ = false;
};

}  // namespace placette::app
