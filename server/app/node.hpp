// The threads of a node: the feed and the workers. The main thread starts them, and stops them last to first.
#pragma once

#include <memory>
#include <thread>
#include <vector>

#include "app/config.hpp"
#include "app/worker.hpp"
#include "hub/feed.hpp"
#include "hub/upkeep.hpp"

namespace placette::app {

struct Addresses {
    net::tcp::endpoint pages;
    std::optional<net::tcp::endpoint> metrics;  // else with the pages
};

class Node {
public:
    // `mayWrite`: false while too little disk is left; asked from every thread.
    Node(const ServeConfig&, Addresses, redis::Endpoint, identity::Cipher, std::function<bool()> mayWrite);
    ~Node();

    void start();   // the threads run; nobody is served yet
    void listen();  // now they are; all sockets are bound when it returns
    void drain();   // blocks until all sessions have been closed, ≤ 9 s
    void stop();    // ends the threads

    Worker& first() { return *workers_.front(); }
    bool ready();  // boards loaded, all on the same Redis

private:
    void measure(const ServeConfig&);

    service::Settings settings_;
    identity::Cipher cipher_;
    std::unique_ptr<identity::Passwords> passwords_;
    identity::Attempts attempts_;
    identity::Devices devices_;
    net::Proxies proxies_;
    net::AddressLimit connections_;
    std::unique_ptr<net::Compressor> compressor_;
    net::Rates rates_;
    net::StaticFiles files_;
    hub::Documents documents_;
    redis::WritesUnderWay writes_;
    observe::Metrics metrics_;
    Common common_;
    const Addresses addresses_;
    std::unique_ptr<redis::net::io_context> feedContext_;
    std::unique_ptr<hub::Upkeep> upkeep_;
    std::unique_ptr<hub::Feed> feed_;
    std::vector<std::unique_ptr<Worker>> workers_;
    std::vector<std::thread> threads_;
};

}  // namespace placette::app
