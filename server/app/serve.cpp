#include "app/serve.hpp"

#include <spdlog/spdlog.h>
#include <sys/resource.h>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/use_future.hpp>
#include <iostream>
#include <stdexcept>

#include "app/hopeless.hpp"
#include "app/import_file.hpp"
#include "app/node.hpp"
#include "app/store_access.hpp"
#include "app/store_opening.hpp"
#include "identity/demo_accounts.hpp"
#include "net/waiting_room.hpp"
#include "observe/log_format.hpp"
#include "service/territory_import.hpp"

namespace placette::app {

namespace asio = redis::net;

namespace {

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
        throw Hopeless(
            "this store was made with --demo, and everybody knows the passwords of its accounts: use another "
            "data folder, disable them, or insist with --keep-demo-accounts");
}

template <class Work>
void onFirst(Node& node, Work work) {
    asio::co_spawn(node.first().context(), std::move(work), asio::use_future).get();
}

redis::Awaitable<bool> becomeReady(Node& node, net::WaitingRoom& room, StopSignal& stop) {
    room.say("its boards are being read");
    while (!node.ready()) {
        if (stop.asked()) co_return false;
        co_await stop.pause(std::chrono::milliseconds{5});
    }
    co_return true;
}

std::string urlOf(const net::tcp::endpoint& endpoint) {
    const auto address = endpoint.address().to_string();
    return "http://" + (endpoint.address().is_v6() ? "[" + address + "]" : address) + ':' +
           std::to_string(endpoint.port());
}

void announce(const Addresses& addresses) {
    std::cout << "listening on " << urlOf(addresses.pages) << std::endl;
    if (addresses.metrics) spdlog::info("metrics on port {}", addresses.metrics->port());
}

redis::Awaitable<void> runNode(const ServeConfig& config, const Addresses& addresses,
                               const StoreAccess& store, identity::Cipher cipher, net::WaitingRoom& room,
                               StopSignal& stop) {
    Node node(config, addresses, store.endpoint(), std::move(cipher), [&store] { return !store.diskLow(); });
    node.start();
    const bool ready = co_await becomeReady(node, room, stop);
    if (!ready) co_return;
    auto& environment = node.first().environment();
    if (config.demo)
        onFirst(node, prepareDemo(environment, readDocument(config.demoDocument)));
    else if (!config.keepDemoAccounts)
        onFirst(node, refuseDemoAccounts(environment));
    node.listen();
    room.close();
    announce(addresses);
    co_await stop.wait();
    spdlog::info("stopping");
    node.drain();
}

// An address that is taken is told before Redis is started.
Addresses claimed(const ServeConfig& config) {
    Addresses addresses{net::claim(config.listen), std::nullopt};
    if (!config.metricsListen.empty()) addresses.metrics = net::claim(config.metricsListen);
    return addresses;
}

std::vector<net::tcp::endpoint> allOf(const Addresses& addresses) {
    std::vector all{addresses.pages};
    if (addresses.metrics) all.push_back(*addresses.metrics);
    return all;
}

redis::Awaitable<void> run(const ServeConfig& config, const Addresses& addresses, asio::io_context& context) {
    StopSignal stop(context);
    StoreAccess store(context, config.store, false);
    net::WaitingRoom room(allOf(addresses));
    spdlog::info("starting; {}/readyz says what is waited for", urlOf(addresses.pages));
    Obstacle obstacle(room);
    std::exception_ptr failure;
    try {
        auto cipher = co_await openStore(config, store, obstacle, stop, context);
        if (cipher && !stop.asked())
            co_await runNode(config, addresses, store, std::move(*cipher), room, stop);
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
    const auto addresses = claimed(config);
    asio::io_context context(1);
    std::exception_ptr failure;
    asio::co_spawn(context, run(config, addresses, context), [&](std::exception_ptr e) {
        failure = e;
        context.stop();
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
    return 0;
}

}  // namespace placette::app
