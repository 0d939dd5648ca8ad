#include "app/node.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_future.hpp>
#include <future>

#include "redis/data_folder.hpp"
#include "redis/server_info.hpp"

namespace placette::app {

namespace asio = redis::net;

namespace {

unsigned threadsFor(const ServeConfig& config) {
    return config.threads > 0 ? config.threads : std::max(1U, std::thread::hardware_concurrency());
}

}  // namespace

Node::Node(const ServeConfig& config, Addresses addresses, redis::Endpoint redisEndpoint,
           identity::Cipher cipher, std::function<bool()> mayWrite)
    : settings_(config.settings()),
      cipher_(std::move(cipher)),
      passwords_(std::make_unique<identity::Passwords>(std::max(1U, threadsFor(config) / 2))),
      attempts_(settings_.limits.signInsPerMinute),
      devices_(cipher_),
      proxies_(config.trustedProxies),
      connections_(settings_.limits.connectionsPerAddress),
      compressor_(std::make_unique<net::Compressor>()),
      rates_(settings_.limits.ratePerSecond),
      files_(config.webDir),
      common_{settings_,
              cipher_,
              *passwords_,
              attempts_,
              devices_,
              proxies_,
              connections_,
              *compressor_,
              rates_,
              files_,
              documents_,
              writes_,
              metrics_,
              std::move(mayWrite),
              addresses.metrics.has_value()},
      addresses_(std::move(addresses)),
      feedContext_(std::make_unique<asio::io_context>(1)) {
    measure(config);
    const auto identityChanged = [this](const std::string& kind, const std::string& id) {
        for (auto& worker : workers_)
            asio::post(worker->context(),
                       [&worker = *worker, kind, id] { worker.identityChanged(kind, id); });
    };
    upkeep_ =
        std::make_unique<hub::Upkeep>(*feedContext_, redisEndpoint, documents_, config.retention, metrics_);
    const auto setAside = [this](const std::string& territory, const std::vector<std::string>& records) {
        upkeep_->onAside(territory, records);
    };
    feed_ = std::make_unique<hub::Feed>(*feedContext_, redisEndpoint, documents_, writes_, metrics_,
                                        identityChanged, setAside);
    for (unsigned i = 0; i < threadsFor(config); ++i)
        workers_.push_back(std::make_unique<Worker>(common_, *feed_, redisEndpoint, static_cast<int>(i)));
}

// What is known only when somebody asks, and what never changes.
void Node::measure(const ServeConfig& config) {
    prometheus::BuildGauge()
        .Name("placette_build_info")
        .Help("1: version, schema of the store, commit")
        .Register(*metrics_.registry)
        .Add({{"version", PLACETTE_VERSION}, {"schema", std::to_string(redis::storeSchema)}})
        .Set(1);
    const auto folder = config.store.redis.empty() ? config.store.dataDir : std::filesystem::path();
    metrics_.onCollect = [this, folder] {
        metrics_.writesRefused.Set(common_.mayWrite() ? 0 : 1);
        const auto space = folder.empty() ? std::nullopt : redis::DataFolder::spaceOf(folder);
        if (!space) return;
        metrics_.diskFreeBytes.Set(static_cast<double>(space->available));
        metrics_.appendOnlyBytes.Set(static_cast<double>(space->rewrite));
    };
}

// A session that waits for a snapshot is owned by the feed's loop, and belongs to a worker's: the feed goes
// first.
Node::~Node() {
    stop();
    passwords_.reset();
    compressor_.reset();
    feed_.reset();
    upkeep_.reset();
    feedContext_.reset();
    workers_.clear();
}

void Node::start() {
    std::vector<hub::Hub*> hubs;
    for (auto& worker : workers_) hubs.push_back(&worker->hub());
    feed_->start(std::move(hubs));
    upkeep_->start();
    threads_.emplace_back([this] {
        const auto work = asio::make_work_guard(*feedContext_);
        feedContext_->run();
    });
    for (auto& worker : workers_) {
        worker->start();
        threads_.emplace_back([&worker = *worker] { worker.run(); });
    }
}

void Node::listen() {
    for (auto& worker : workers_)
        asio::post(worker->context(),
                   asio::use_future([this, &worker = *worker] { worker.listen(addresses_.pages); }))
            .get();
    if (addresses_.metrics)
        asio::post(first().context(), asio::use_future([this] { first().measureAt(*addresses_.metrics); }))
            .get();
    common_.ready = true;
}

void Node::drain() {
    common_.draining = true;
    common_.ready = false;
    std::vector<std::future<void>> drained;
    for (auto& worker : workers_)
        drained.push_back(asio::co_spawn(worker->context(), worker->drain(), asio::use_future));
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{9};
    for (auto& done : drained) done.wait_until(end);
}

void Node::stop() {
    if (threads_.empty()) return;
    for (auto& worker : workers_) worker->stop();
    feedContext_->stop();
    for (auto& thread : threads_) thread.join();
    threads_.clear();
}

bool Node::ready() {
    const auto isReady = [](Worker& worker) {
        return asio::post(worker.context(),
                          asio::use_future([&worker] { return worker.hub().storeAvailable(); }))
            .get();
    };
    return std::ranges::all_of(workers_, [&](const auto& worker) { return isReady(*worker); });
}

}  // namespace placette::app
