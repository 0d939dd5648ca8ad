// Accounts over a real Redis, driven from a test's own thread: run() waits for a coroutine's answer.
#pragma once

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "identity/accounts.hpp"
#include "support/redis_server.hpp"

namespace placette::test {

inline redis::Endpoint endpoint(const std::string& socket) {
    redis::Endpoint endpoint;
    endpoint.socket = socket;
    return endpoint;
}

class Fixture {
public:
    explicit Fixture(std::optional<int> signInsPerMinute = {}, std::function<bool()> mayWrite = {})
        : attempts(signInsPerMinute),
          client(context, endpoint(server.socket()), {}, {}),
          accounts(client, passwords, attempts, std::move(mayWrite)) {
        client.start();
        while (!client.available()) context.run_one();
    }
    ~Fixture() {
        client.stop();
        context.restart();
        context.poll();
    }
    Fixture(const Fixture&) = delete;

    // Several at once: run({a, b}) lets them overlap.
    template <class T>
    std::vector<T> run(std::vector<redis::Awaitable<T>> all) {
        std::vector<std::optional<T>> answers(all.size());
        std::size_t pending = all.size();
        for (std::size_t i = 0; i < all.size(); ++i)
            redis::net::co_spawn(context, std::move(all[i]), [&, i](std::exception_ptr error, T answer) {
                if (error) std::rethrow_exception(error);
                answers[i] = std::move(answer);
                --pending;
            });
        context.restart();
        while (pending > 0) context.run_one();
        std::vector<T> values;
        for (auto& answer : answers) values.push_back(std::move(*answer));
        return values;
    }
    template <class T>
    T run(redis::Awaitable<T> one) {
        std::vector<redis::Awaitable<T>> all;
        all.push_back(std::move(one));
        return std::move(run(std::move(all)).front());
    }

    // A worker with this password, who exists without further ado.
    void person(const std::string& id, const std::string& password) {
        run(accounts.create({}, worker(id), password)).value();
    }
    static identity::Account worker(const std::string& id) {
        return {id, "Alix Exemple", "03 53 01 09 09", {identity::Role::worker}, {}, {"esco-genlis"}, {}};
    }

    redis::Reply redis(const std::vector<std::string>& command) {
        return RedisConnection(server.socket()).command(command);
    }
    // Everything that Redis holds, as text.
    std::string dump();
    // "kind id" of each entry of the log.
    std::vector<std::string> log();

    RedisServer server;
    redis::net::io_context context;
    identity::Passwords passwords{2};  // after the context: destroyed before it
    identity::Attempts attempts;
    redis::Client client;
    identity::Accounts accounts;
};

}  // namespace placette::test
