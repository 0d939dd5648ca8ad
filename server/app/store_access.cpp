#include "app/store_access.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <stdexcept>

#include "app/as_owner.hpp"
#include "redis/function_library.hpp"
#include "redis/server_info.hpp"
#include "redis/timer.hpp"

namespace placette::app {

namespace asio = redis::net;

namespace {

constexpr std::chrono::seconds connectTime{10}, tellAfter{1};

enum class Prepared { no, yes };

redis::Awaitable<void> prepare(redis::Client& client) {
    const auto id = co_await redis::storeId(client);
    if (!id) throw std::runtime_error(id.error());
    const bool loaded = co_await redis::loadLibrary(client);
    if (!loaded) throw std::runtime_error("Redis does not take the function library");
}

redis::Awaitable<void> session(asio::io_context& context, StoreAccess& store, Prepared prepared, Work work) {
    const auto opened = co_await store.open();
    if (!opened) throw std::runtime_error(opened.error().why);
    redis::Client client(context, store.endpoint(), {"command"}, {});
    client.start();
    redis::Timer timer(context);
    const auto began = redis::Clock::now();
    bool told = false;
    while (!client.available() && redis::Clock::now() - began < connectTime) {
        if (!client.why().empty() && redis::Clock::now() - began > tellAfter && !std::exchange(told, true))
            spdlog::warn("Redis does not answer ({}); it is tried for {} s", client.why(),
                         connectTime.count());
        co_await redis::pause(timer, std::chrono::milliseconds{10});
    }
    std::exception_ptr failure;
    try {
        if (!client.available()) throw std::runtime_error("Redis does not answer: " + client.why());
        if (prepared == Prepared::yes) {
            if (auto refusal = store.diskRefusal()) throw std::runtime_error(*refusal);
            co_await prepare(client);
        }
        auto running = work(client);
        co_await std::move(running);
    } catch (...) {
        failure = std::current_exception();
    }
    client.stop();
    co_await store.close();
    if (failure) std::rethrow_exception(failure);
}

void run(const StoreConfig& config, Prepared prepared, Work work) {
    asio::io_context context(1);
    StoreAccess store(context, config, true);
    std::exception_ptr failure;
    asio::co_spawn(context, session(context, store, prepared, std::move(work)), [&](std::exception_ptr e) {
        failure = e;
        context.stop();
    });
    context.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace

StoreAccess::StoreAccess(asio::io_context& context, const StoreConfig& config, bool beside)
    : config_(config) {
    if (!config.redis.empty()) {
        auto endpoint = redis::parseEndpoint(config.redis);
        if (!endpoint) throw std::runtime_error("--redis: " + endpoint.error());
        endpoint_ = *endpoint;
        return;
    }
    if (beside) actAsOwnerOf(config.dataDir);
    auto folder = redis::DataFolder::open(config.dataDir);
    if (folder) {
        folder_.emplace(std::move(*folder));
        endpoint_ = folder_->endpoint();
        redis::Supervisor::Options options;
        options.diskReserve = reserveOf(config);
        options.onWait = [this](const std::string& why) {
            if (onWait)
                onWait(why);
            else
                spdlog::error("{}", why);
        };
        supervisor_ = std::make_unique<redis::Supervisor>(context, *folder_, options);
    } else if (folder.error().inUse && beside) {
        endpoint_ = redis::DataFolder::endpointOf(config.dataDir);
    } else {
        throw std::runtime_error(folder.error().message);
    }
}

std::uintmax_t reserveOf(const StoreConfig& config) {
    return std::uintmax_t{config.diskReserve} << 20;
}

std::optional<std::string> StoreAccess::diskRefusal() const {
    if (!config_.redis.empty()) return std::nullopt;
    const auto space = redis::DataFolder::spaceOf(config_.dataDir);
    if (!space || !space->isShort(reserveOf(config_))) return std::nullopt;
    return "little disk space is left: make room on the disk of " + config_.dataDir.string() + " first";
}

redis::Awaitable<tl::expected<void, redis::StoreFailure>> StoreAccess::open() {
    if (!supervisor_) co_return tl::expected<void, redis::StoreFailure>{};
    co_return co_await supervisor_->start();
}

void StoreAccess::giveUp() {
    if (supervisor_) supervisor_->giveUp();
}

redis::Awaitable<void> StoreAccess::close() {
    if (supervisor_) co_await supervisor_->stop();
}

void withStore(const StoreConfig& config, Work work) {
    run(config, Prepared::yes, std::move(work));
}

void withRedis(const StoreConfig& config, Work work) {
    run(config, Prepared::no, std::move(work));
}

}  // namespace placette::app
