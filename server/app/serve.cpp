#include "app/serve.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>
#include <stdexcept>

#include "app/contacts_key.hpp"
#include "app/import_file.hpp"
#include "app/node.hpp"
#include "app/store_access.hpp"
#include "identity/demo_accounts.hpp"
#include "observe/log_format.hpp"
#include "redis/function_library.hpp"
#include "redis/migration.hpp"
#include "service/territory_import.hpp"

namespace placette::app {

namespace asio = redis::net;

namespace {

constexpr std::chrono::seconds readyTime{120};

void raiseOpenFiles() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

ImportDocument readDocument(const std::filesystem::path& path) {
    auto document = readImportFile(path);
    if (!document)
        throw std::runtime_error(path.string() + ": " + document.error().field + " " +
                                 std::string(detailOf(document.error())));
    return std::move(*document);
}

// An empty store gets the document; a later start only what is missing of it, the days since then above all.
redis::Awaitable<void> prepareDemo(service::Environment& environment, ImportDocument document) {
    const auto territory = document.territory;
    const service::ImportOptions options{.onlyAbsent = true};
    const service::Territories territories{environment.store, environment.documents};
    const auto imported = co_await service::importDocument(territories, std::move(document), options);
    if (!imported) throw std::runtime_error("the demo document: " + std::string(detailOf(imported.error())));
    const auto accounts = co_await identity::ensureDemoAccounts(environment.accounts, territory);
    if (!accounts) throw std::runtime_error("the demo accounts: " + std::string(detailOf(accounts.error())));
}

// Everybody knows their passwords.
redis::Awaitable<void> refuseDemoAccounts(service::Environment& environment) {
    const auto found = co_await identity::hasDemoAccounts(environment.accounts);
    if (!found) throw std::runtime_error("the accounts: " + std::string(detailOf(found.error())));
    if (*found)
        throw std::runtime_error(
            "this store was made with --demo, and everybody knows the passwords of its accounts: use another "
            "data folder, disable them, or insist with --keep-demo-accounts");
}

template <class Work>
void onFirst(Node& node, Work work) {
    asio::co_spawn(node.first().context(), std::move(work), asio::use_future).get();
}

// SIGTERM or SIGINT, whenever it comes: what is starting goes on to its next step, and stops there. A second
// one ends the process at once.
class StopSignal {
public:
    explicit StopSignal(asio::io_context& context) : signals_(context, SIGINT, SIGTERM), came_(context) {
        signals_.async_wait([this](const boost::system::error_code& error, int) {
            if (error) return;
            asked_ = true;
            signals_.clear();
            came_.cancel();
        });
    }

    bool asked() const { return asked_; }
    redis::Awaitable<void> wait() {
        while (!asked_) co_await redis::pause(came_, std::chrono::hours{1});
    }

private:
    asio::signal_set signals_;
    redis::Timer came_;
    bool asked_ = false;
};

redis::Awaitable<bool> becomeReady(Node& node, const StopSignal& stop, asio::io_context& context) {
    redis::Timer timer(context);
    const auto giveUp = redis::Clock::now() + readyTime;
    while (!node.ready()) {
        if (redis::Clock::now() > giveUp) throw std::runtime_error("the store does not answer");
        if (stop.asked()) co_return false;
        co_await redis::pause(timer, std::chrono::milliseconds{5});
    }
    co_return true;
}

redis::Awaitable<bool> isPrepared(redis::Client& client) {
    const auto history = co_await redis::prepared(client);
    co_return history.has_value();
}

// A store of an older schema is brought to this program's before anybody reads it; another one is refused,
// and so is one that is not of this key of contacts. Nothing: it was asked to stop.
redis::Awaitable<std::optional<identity::Cipher>> bringOn(const ServeConfig& config, const StoreAccess& store,
                                                          const StopSignal& stop, asio::io_context& context) {
    redis::Client client(context, store.endpoint(), {"start"}, {isPrepared, [] {}});
    client.start();
    redis::Timer timer(context);
    const auto giveUp = redis::Clock::now() + readyTime;
    while (!client.available() && !stop.asked()) {
        if (redis::Clock::now() > giveUp) throw std::runtime_error("the store does not answer");
        co_await redis::pause(timer, std::chrono::milliseconds{5});
    }
    if (stop.asked()) co_return std::nullopt;
    const auto migrated = co_await redis::migrate(context, client);
    if (!migrated) throw std::runtime_error(migrated.error());
    auto cipher = co_await contactsKey(client, config.store.dataDir, config.replaceContactsKey);
    client.stop();
    co_return cipher;
}

void announce(const Node& node) {
    const auto& endpoint = node.endpoint();
    const auto address = endpoint.address().to_string();
    std::cout << "listening on http://" << (endpoint.address().is_v6() ? "[" + address + "]" : address) << ':'
              << endpoint.port() << std::endl;
    if (const auto& measured = node.metricsEndpoint()) spdlog::info("metrics on port {}", measured->port());
}

redis::Awaitable<void> runNode(const ServeConfig& config, const StoreAccess& store, identity::Cipher cipher,
                               StopSignal& stop, asio::io_context& context) {
    Node node(config, store.endpoint(), std::move(cipher), [&store] { return !store.diskLow(); });
    node.start();
    const bool ready = co_await becomeReady(node, stop, context);
    if (!ready) co_return;
    auto& environment = node.first().environment();
    if (config.demo)
        onFirst(node, prepareDemo(environment, readDocument(config.demoDocument)));
    else if (!config.keepDemoAccounts)
        onFirst(node, refuseDemoAccounts(environment));
    node.listen();
    announce(node);
    co_await stop.wait();
    spdlog::info("stopping");
    node.drain();
}

// What can be known to be wrong is told before Redis is started.
void tryAddress(const ServeConfig& config) {
    const auto endpoint = net::claim(config.listen);
    const bool apart =
        config.metricsListen.empty() || net::parseListen(config.metricsListen).value() != endpoint;
    if (!apart)
        throw std::runtime_error("--metrics-listen is --listen: /metrics needs an address of its own");
    if (config.demo && !endpoint.address().is_loopback())
        throw std::runtime_error("--demo has known passwords: it listens on loopback addresses only");
}

redis::Awaitable<void> run(const ServeConfig& config, asio::io_context& context) {
    StopSignal stop(context);
    StoreAccess store(context, config.store, false);
    co_await store.open();
    std::exception_ptr failure;
    try {
        auto cipher = co_await bringOn(config, store, stop, context);
        if (cipher && !stop.asked()) co_await runNode(config, store, std::move(*cipher), stop, context);
    } catch (...) {
        failure = std::current_exception();
    }
    co_await store.close();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

int serve(const ServeConfig& config) {
    spdlog::set_level(spdlog::level::from_str(config.logLevel));
    if (config.logFormat == "json") observe::logTo(observe::LogFormat::json);
    raiseOpenFiles();
    tryAddress(config);
    asio::io_context context(1);
    std::exception_ptr failure;
    asio::co_spawn(context, run(config, context), [&](std::exception_ptr e) {
        failure = e;
        context.stop();
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace placette::app
