// A test's own event loop: an awaitable is run to its end and its value checked outside of any coroutine.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <chrono>
#include <functional>
#include <optional>
#include <stdexcept>

#include "redis/client.hpp"

namespace placette::redis::test {

inline constexpr auto patience = std::chrono::seconds{20};

struct Loop {
    net::io_context io;

    template <class T>
    T await(Awaitable<T> task) {
        std::optional<T> result;
        net::co_spawn(io, std::move(task), [&](std::exception_ptr failure, T value) {
            if (failure) std::rethrow_exception(failure);
            result = std::move(value);
        });
        if (!until([&] { return result.has_value(); })) throw std::runtime_error("not done in time");
        return std::move(*result);
    }

    void await(Awaitable<void> task) {
        bool done = false;
        net::co_spawn(io, std::move(task), [&](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
            done = true;
        });
        if (!until([&] { return done; })) throw std::runtime_error("not done in time");
    }

    // Runs the loop until the condition holds; false: not in time.
    bool until(const std::function<bool()>& condition, std::chrono::milliseconds atMost = patience) {
        const auto end = std::chrono::steady_clock::now() + atMost;
        io.restart();
        while (!condition()) {
            if (std::chrono::steady_clock::now() > end) return false;
            io.restart();
            io.run_one_for(std::chrono::milliseconds{10});
        }
        return true;
    }

    void runFor(std::chrono::milliseconds time) {
        until([] { return false; }, time);
    }
};

}  // namespace placette::redis::test
