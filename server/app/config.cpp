#include "app/config.hpp"

#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <set>

#include "app/public_url.hpp"
#include "net/listener.hpp"
#include "net/proxies.hpp"
#include "redis/client.hpp"

namespace placette::app {

namespace {

std::optional<int> limit(int value) {
    return value == 0 ? std::nullopt : std::optional(value);
}

// Beside the program as installed (…/bin and …/share/placette), else where it was built.
std::filesystem::path shared(const char* name, const char* inSource) {
    std::error_code error;
    const auto program = std::filesystem::read_symlink("/proc/self/exe", error);
    const auto installed = program.parent_path().parent_path() / "share/placette" / name;
    if (!error && std::filesystem::exists(installed, error)) return installed;
    return std::filesystem::path(PLACETTE_SOURCE_DIR) / inSource;
}

}  // namespace

service::Settings ServeConfig::settings() const {
    service::Settings settings;
    settings.version = PLACETTE_VERSION;
    settings.demo = demo;
    settings.publicUrl = publicUrl;
    settings.holdTtl = std::chrono::seconds{holdTtlSeconds};
    auto& limits = settings.limits;
    limits.ratePerSecond = demo ? std::nullopt : limit(ratePerSecond);
    limits.heldPlaces = demo ? std::nullopt : limit(heldPlacesPerOffice);
    limits.connectionsPerAddress = demo ? std::nullopt : limit(connectionsPerAddress);
    limits.signInsPerMinute = demo ? std::nullopt : limit(signInsPerMinute);
    return settings;
}

void addStoreOptions(CLI::App& command, StoreConfig& config) {
    command.add_option("--config", config.file, "Read from this file what is not told here (TOML or INI)")
        ->envname("PLACETTE_CONFIG");
    command.add_option("--data-dir", config.dataDir, "Folder of its own Redis and of the secret key")
        ->envname("PLACETTE_DATA_DIR")
        ->capture_default_str();
    command.add_option("--redis", config.redis, "Use this Redis instead: redis://HOST:PORT or unix:///PATH")
        ->envname("PLACETTE_REDIS")
        ->check([](const std::string& url) {
            const auto endpoint = redis::parseEndpoint(url);
            return endpoint ? std::string() : endpoint.error();
        });
    command
        .add_option(
            "--disk-reserve", config.diskReserve,
            "Writes are refused while the disk of the data folder has less than this free, in MiB, and "
            "the size of the files of Redis")
        ->envname("PLACETTE_DISK_RESERVE")
        ->check(CLI::Range(1, 1'000'000));
}

void addServeOptions(CLI::App& command, ServeConfig& config) {
    config.webDir = shared("web", "client-js/web/dist");
    config.demoDocument = shared("demo.json", "demo/plaine-dijonnaise.json");
    addStoreOptions(command, config.store);
    command.add_option("--listen", config.listen, "ADDRESS:PORT; port 0 takes a free one")
        ->envname("PLACETTE_LISTEN")
        ->capture_default_str()
        ->check([](const std::string& address) {
            const auto endpoint = net::parseListen(address);
            return endpoint ? std::string() : endpoint.error();
        });
    command
        .add_option(
            "--metrics-listen", config.metricsListen,
            "ADDRESS:PORT of /metrics, /healthz and /readyz; without it /metrics is with all else, and "
            "answers this machine alone")
        ->envname("PLACETTE_METRICS_LISTEN")
        ->check([](const std::string& address) {
            const auto endpoint = net::parseListen(address);
            return endpoint ? std::string() : endpoint.error();
        });
    command
        .add_option("--public-url", config.publicUrl,
                    "The address that people use, e.g. https://places.example.fr")
        ->envname("PLACETTE_PUBLIC_URL")
        ->transform([](const std::string& url) {
            auto origin = originOf(url);
            if (!origin) throw CLI::ValidationError(origin.error());
            return *origin;
        });
    command.add_option("--web-dir", config.webDir, "The built pages")
        ->envname("PLACETTE_WEB_DIR")
        ->check([](const std::string& folder) {
            const bool built = std::filesystem::exists(std::filesystem::path(folder) / "index.html");
            return built ? std::string() : folder + " holds no pages: there is no index.html in it";
        });
    command.add_flag("--demo", config.demo, "Demo territory and accounts, on loopback addresses only");
    command
        .add_flag("--keep-demo-accounts", config.keepDemoAccounts,
                  "Serve a store that --demo has made, though everybody knows its passwords")
        ->excludes("--demo");
    command.add_flag(
        "--replace-contacts-key", config.replaceContactsKey,
        "The key that the store's contacts are sealed with is lost for good: go on with another one");
    command.add_option("--demo-document", config.demoDocument, "The demo's import document");
    command.add_option("--threads", config.threads, "Worker threads; 0: one a core")
        ->envname("PLACETTE_THREADS")
        ->check(CLI::Range(0, 64));
    command.add_option("--hold-ttl-seconds", config.holdTtlSeconds, "How long a place is held")
        ->envname("PLACETTE_HOLD_TTL_SECONDS")
        ->check(CLI::Range(1, 900));
    command
        .add_option("--keep-days", config.retention.bookings,
                    "How long bookings and counts are kept, in days after the care")
        ->envname("PLACETTE_KEEP_DAYS")
        ->check(CLI::Range(31, 3660));
    command
        .add_option("--keep-contact-days", config.retention.contacts,
                    "How long first names and phone numbers are kept, in days after the care")
        ->envname("PLACETTE_KEEP_CONTACT_DAYS")
        ->check(CLI::Range(0, 365));
    command.add_option("--rate-per-second", config.ratePerSecond, "Calls of one session; 0: no limit")
        ->envname("PLACETTE_RATE_PER_SECOND")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--held-places-per-office", config.heldPlacesPerOffice,
                    "Places that one office may hold at once; 0: no limit")
        ->envname("PLACETTE_HELD_PLACES_PER_OFFICE")
        ->check(CLI::NonNegativeNumber);
    command.add_option("--connections-per-address", config.connectionsPerAddress, "0: no limit")
        ->envname("PLACETTE_CONNECTIONS_PER_ADDRESS")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option("--sign-ins-per-minute", config.signInsPerMinute,
                    "Failed ones of a device, or at an account from one address; 0: no limit")
        ->envname("PLACETTE_SIGN_INS_PER_MINUTE")
        ->check(CLI::NonNegativeNumber);
    command
        .add_option(
            "--trusted-proxy", config.trustedProxies,
            "An address or network whose word is taken for who its clients are; by default this machine's")
        ->envname("PLACETTE_TRUSTED_PROXY")
        ->delimiter(',')
        ->check([](const std::string& network) {
            return net::Proxies::isNetwork(network) ? std::string()
                                                    : network + ": is no address and no network";
        });
    command.add_option("--log-format", config.logFormat, "text: lines for people; json: an object a line")
        ->envname("PLACETTE_LOG_FORMAT")
        ->check(CLI::IsMember({"text", "json"}));
    command.add_option("--log-level", config.logLevel, "debug, info, warn or error")
        ->envname("PLACETTE_LOG_LEVEL")
        ->check(CLI::IsMember({"debug", "info", "warn", "error"}));
}

void mustFitTogether(const ServeConfig& config) {
    const auto listen = net::parseListen(config.listen).value();
    if (config.demo && !listen.address().is_loopback())
        throw CLI::ValidationError("--demo", "has known passwords: it listens on loopback addresses only");
    const bool apart = config.metricsListen.empty() || listen.port() == 0 ||
                       net::parseListen(config.metricsListen).value() != listen;
    if (!apart)
        throw CLI::ValidationError("--metrics-listen", "is --listen: /metrics needs an address of its own");
}

std::vector<std::string> unknownSettings() {
    constexpr std::string_view ours = "PLACETTE_";
    // Of the tests and of those who build it.
    constexpr std::array<std::string_view, 5> others{"PLACETTE_BIN", "PLACETTE_TEST_", "PLACETTE_CLOCK_",
                                                     "PLACETTE_SEED", "PLACETTE_CHROMIUM"};
    CLI::App all;
    ServeConfig unused;
    addServeOptions(all, unused);
    std::set<std::string, std::less<>> known;
    for (const auto* option : all.get_options()) known.insert(option->get_envname());
    std::vector<std::string> unknown;
    for (char** each = environ; *each != nullptr; ++each) {
        const std::string_view entry(*each);
        const auto name = entry.substr(0, entry.find('='));
        const bool isOther = std::ranges::any_of(others, [&](auto other) { return name.starts_with(other); });
        if (name.starts_with(ours) && !isOther && !known.contains(name)) unknown.emplace_back(name);
    }
    return unknown;
}

}  // namespace placette::app
