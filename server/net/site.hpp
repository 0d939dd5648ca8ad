// What the connections of one worker thread share. Outlives them.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_set>

#include "identity/devices.hpp"
#include "net/address_limit.hpp"
#include "net/compressor.hpp"
#include "net/proxies.hpp"
#include "net/rates.hpp"
#include "net/static_files.hpp"
#include "observe/metrics.hpp"
#include "service/method.hpp"

namespace placette::net {

class WsSession;

struct Site {
    service::Environment& environment;
    const StaticFiles& files;
    observe::Metrics& metrics;
    const identity::Devices& devices;
    const Proxies& proxies;
    AddressLimit& addresses;
    Compressor& compressor;
    Rates& rates;                           // of all threads
    std::function<std::string()> notReady;  // why; empty: it is
    std::function<bool()> draining;
    bool measuredElsewhere = false;             // /metrics has an address of its own,
    bool measures = false;                      // and this is it
    std::unordered_set<WsSession*> sessions{};  // of this thread
    std::size_t requests = 0;                   // HTTP requests that are being answered
    std::chrono::steady_clock::time_point originTold{};

    bool secure() const { return environment.settings.publicUrl.starts_with("https:"); }
    // The origin that the cookie counts for: the public URL, or the request's own loopback Host. Empty: none.
    std::string originFor(std::string_view host) const;
    // In the log, once a minute: most often --public-url is not the address that people use.
    void tellRefusedOrigin(std::string_view origin, std::string_view expected);
};

// "localhost", "127.0.0.1", "[::1]", with or without a port.
bool isLoopbackHost(std::string_view host);

}  // namespace placette::net
