#include "redis/client.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <random>
#include <utility>

#include "redis/connection.hpp"

namespace placette::redis {

class Client::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(net::io_context& io, Endpoint endpoint, Options options, Hooks hooks)
        : io_(io),
          endpoint_(std::move(endpoint)),
          options_(std::move(options)),
          hooks_(std::move(hooks)),
          backoff_(options_.backoffMin),
          pause_(io.get_executor()) {}

    void start() {
        net::co_spawn(io_, run(shared_from_this()), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);  // of a hook: not to be lost
        });
    }

    void stop() {
        stopped_ = true;
        available_ = false;
        if (connection_) connection_->close("stopped");
        pause_.cancel();
    }

    bool available() const { return available_ && connection_->isOpen(); }

    std::string why() const { return available() ? "" : why_; }

    void drop(const std::string& why) {
        if (connection_) connection_->close(why);
    }

    std::shared_ptr<Connection> connection() const { return available() ? connection_ : nullptr; }

private:
    Awaitable<void> run([[maybe_unused]] std::shared_ptr<Impl> holdOfItsOwnObject) {
        while (!stopped_) {
            connection_ = std::make_shared<Connection>(io_);
            const bool ready = co_await prepare();
            if (ready && !stopped_) co_await serve();
            if (stopped_) break;
            co_await waitBeforeNextTry();
        }
        connection_->close("stopped");
    }

    Awaitable<bool> prepare() {
        const bool ready = co_await connect();
        if (!ready && !stopped_) {
            connection_->close("not ready");
            why_ = connection_->why();
            if (!std::exchange(failing_, true)) {
                spdlog::warn("redis {}: no connection: {}", options_.name, connection_->why());
            }
        }
        co_return ready;
    }

    Awaitable<bool> connect() {
        const bool open = co_await connection_->open(endpoint_, options_.connectTimeout);
        if (!open) co_return false;
        const bool greeted = co_await greet();
        if (!greeted || !connection_->isOpen()) co_return false;
        if (!hooks_.up) co_return true;
        Client setup(connection_);
        const bool up = co_await hooks_.up(setup);
        co_return up && connection_->isOpen();
    }

    Awaitable<bool> greet() {
        std::vector<std::vector<std::string>> greetings;
        if (!endpoint_.password.empty()) greetings.push_back({"AUTH", endpoint_.password});
        if (endpoint_.database != 0) greetings.push_back({"SELECT", std::to_string(endpoint_.database)});
        if (!options_.name.empty()) greetings.push_back({"CLIENT", "SETNAME", options_.name});
        greetings.push_back({"PING"});  // answers an error while Redis loads its data
        for (auto& greeting : greetings) {
            const auto answer =
                co_await Connection::command(connection_, std::move(greeting), options_.connectTimeout);
            if (!answer) co_return false;
            if (answer->isError()) {
                connection_->close(answer->text);
                co_return false;
            }
        }
        co_return true;
    }

    Awaitable<void> serve() {
        spdlog::info("redis {}: connected", options_.name);
        failing_ = false;
        backoff_ = options_.backoffMin;
        available_ = true;
        while (connection_->isOpen()) {
            co_await connection_->lost(options_.probeEvery);
            if (!connection_->isOpen() || !connection_->idle()) continue;
            std::vector<std::string> ping{"PING"};
            co_await Connection::command(connection_, std::move(ping), options_.probeEvery);
        }
        available_ = false;
        if (stopped_) co_return;
        why_ = connection_->why();
        spdlog::warn("redis {}: connection lost: {}", options_.name, connection_->why());
        if (hooks_.down) hooks_.down();
    }

    // Jitter between the least and the present back-off: a crowd of clients does not come back as one.
    Awaitable<void> waitBeforeNextTry() {
        std::uniform_int_distribution<std::int64_t> time(options_.backoffMin.count(), backoff_.count());
        co_await pause(pause_, std::chrono::milliseconds(time(random_)));
        backoff_ = std::min(backoff_ * 2, options_.backoffMax);
    }

    net::io_context& io_;
    const Endpoint endpoint_;
    const Options options_;
    const Hooks hooks_;
    std::shared_ptr<Connection> connection_;
    bool available_ = false;
    bool stopped_ = false;
    std::string why_;
    bool failing_ = false;  // said once, not at each try
    std::chrono::milliseconds backoff_;
    Timer pause_;
    std::minstd_rand random_{std::random_device{}()};
};

Client::Client(net::io_context& io, Endpoint endpoint, Options options, Hooks hooks)
    : impl_(std::make_shared<Impl>(io, std::move(endpoint), std::move(options), std::move(hooks))) {}

Client::Client(std::shared_ptr<Connection> setup) : setup_(std::move(setup)) {}

Client::~Client() {
    if (impl_) impl_->stop();
}

void Client::start() {
    impl_->start();
}
void Client::stop() {
    impl_->stop();
}
bool Client::available() const {
    return setup_ ? setup_->isOpen() : impl_->available();
}

std::string Client::why() const {
    return setup_ ? setup_->why() : impl_->why();
}

void Client::drop(const std::string& why) {
    if (setup_)
        setup_->close(why);
    else
        impl_->drop(why);
}

std::shared_ptr<Connection> Client::connection() const {
    return setup_ ? setup_ : impl_->connection();
}

Awaitable<tl::expected<Reply, Failure>> Client::command(std::vector<std::string> arguments,
                                                        std::chrono::milliseconds deadline) {
    return Connection::command(connection(), std::move(arguments), deadline);
}

Awaitable<tl::expected<Reply, Failure>> Client::pipeline(std::vector<std::vector<std::string>> commands,
                                                         std::chrono::milliseconds deadline) {
    return Connection::pipeline(connection(), std::move(commands), deadline);
}

}  // namespace placette::redis
