// A coroutine waits for what another thread has to say, and goes on at home, on its own.
#pragma once

#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <functional>
#include <memory>
#include <utility>

#include "redis/client.hpp"

namespace placette::redis {

template <class T>
using Tell = std::function<void(T)>;  // once, from any thread

// `ask` is called at once, and sees to it that what it was given is called some time.
template <class T>
Awaitable<T> toldBy(std::function<void(Tell<T>)> ask) {
    auto start = [](auto handler, std::function<void(Tell<T>)> begin) {
        const auto home = net::get_associated_executor(handler);
        // Shared: what another thread is given can be copied, a handler cannot.
        auto waiting = std::make_shared<decltype(handler)>(std::move(handler));
        begin([home, waiting](T answer) {
            net::post(home, [waiting, answer = std::move(answer)]() mutable {
                std::move (*waiting)(std::move(answer));
            });
        });
    };
    return net::async_initiate<const net::use_awaitable_t<Executor>, void(T)>(
        start, net::use_awaitable_t<Executor>{}, std::move(ask));
}

}  // namespace placette::redis
