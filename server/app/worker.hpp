// One worker thread: its loop, its connection to Redis, its hub, its listener and the sessions on it. All of
// it is used on that thread alone; others post to context().
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <string>

#include "hub/documents.hpp"
#include "hub/hub.hpp"
#include "identity/accounts.hpp"
#include "net/listener.hpp"
#include "net/site.hpp"
#include "redis/timer.hpp"

namespace placette::app {

struct Common {  // to all workers; outlives them
    const service::Settings& settings;
    const identity::Cipher& cipher;
    identity::Passwords& passwords;
    identity::Attempts& attempts;
    const identity::Devices& devices;
    const net::Proxies& proxies;
    net::AddressLimit& addresses;
    net::Compressor& compressor;
    net::Rates& rates;
    const net::StaticFiles& files;
    hub::Documents& documents;
    redis::WritesUnderWay& writes;
    observe::Metrics& metrics;
    std::function<bool()> mayWrite;
    bool measuredElsewhere = false;
    std::atomic<bool> ready{false}, draining{false};
};

class Worker {
public:
    Worker(Common&, hub::Feed&, const redis::Endpoint&, int index);
    ~Worker();

    void start();                               // connects; before the thread runs
    void listen(const net::tcp::endpoint&);     // before the thread runs
    void measureAt(const net::tcp::endpoint&);  // the same, of /metrics alone
    void run();                                 // the thread
    void stop() { context_->stop(); }           // from any thread

    hub::Hub& hub() { return *hub_; }
    redis::net::io_context& context() { return *context_; }
    service::Environment& environment() { return environment_; }

    // On the worker's thread:
    void identityChanged(const std::string& kind, const std::string& id);
    redis::Awaitable<void> drain();  // no new connections, finish what is in flight, close all: ≤ 9 s

private:
    redis::Awaitable<bool> prepare(redis::Client&);
    std::string notReady() const;
    net::Site newSite();
    std::optional<encode::Contact> openContact(const Booking&) const;
    redis::Awaitable<void> tick();
    redis::Awaitable<void> revise(std::weak_ptr<net::WsSession>, bool named);

    Common& common_;
    std::unique_ptr<redis::net::io_context> context_;
    std::unique_ptr<redis::Client> client_;
    redis::Store store_;
    identity::Accounts accounts_;
    std::unique_ptr<hub::Hub> hub_;
    service::CallMeter meter_;
    service::Environment environment_;
    net::Site site_;
    std::unique_ptr<net::Site> measures_;
    std::unique_ptr<net::Listener> listener_, measuring_;
    std::unique_ptr<redis::Timer> timer_;
};

}  // namespace placette::app
