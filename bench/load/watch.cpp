// Many watch, one changes: how much arrives, how old it is by then, and what that costs.
#include <functional>
#include <stdexcept>

#include "address.hpp"
#include "crowd.hpp"
#include "pace.hpp"
#include "publisher.hpp"
#include "result.hpp"
#include "scenarios.hpp"

namespace load {

namespace {

class Watching {
public:
    explicit Watching(const Options& options)
        : options_(options),
          address_(to_address(options.address)),
          publisher_dialect_(publisher_dialect(options)),
          watcher_dialect_(watcher_dialect(options)),
          publisher_(*publisher_dialect_, ledger_) {}

    Json measure();

private:
    void gather();
    void reach_everyone();
    void run();
    void set_pace();
    Json result() const;

    const Options& options_;
    sockaddr_in address_;
    std::unique_ptr<PublisherDialect> publisher_dialect_;
    std::unique_ptr<Dialect> watcher_dialect_;
    Ledger ledger_;
    Loop loop_;
    Publisher publisher_;
    std::optional<Crowd> crowd_;
    std::optional<Rate> rate_;

    Tally arrived_, at_start_;
    double seconds_ = 0;
    Cpu cpu_, apart_, load_cpu_;
    long before_ = 0, subscribed_ = 0, end_ = 0;
};

Json Watching::measure() {
    before_ = resident_kib(options_.pids);
    gather();
    reach_everyone();
    subscribed_ = resident_kib(options_.pids);
    run();
    end_ = resident_kib(options_.pids);
    return result();
}

void Watching::gather() {
    publisher_.connect(loop_.epoll(), address_, publisher_dialect_->upgrade(options_.address));
    if (!loop_.turn_until(now() + 10 * second, [&] { return publisher_.is_ready(); }))
        throw std::runtime_error("the publisher did not get in");
    crowd_.emplace(loop_, *watcher_dialect_, ledger_, address_, publisher_.base());
    crowd_->gather(options_.watchers);
}

// Not all targets say when a subscription stands: a change that arrives does.
void Watching::reach_everyone() {
    for (int tries = 0; tries < 30; ++tries) {
        publisher_.change(now());
        publisher_.flush();
        if (loop_.turn_until(now() + second, [&] { return ledger_.everywhere() == ledger_.last_sent(); })) {
            at_start_ = ledger_.tally;
            return;
        }
    }
    throw std::runtime_error("no change reaches all watchers");
}

void Watching::set_pace() {
    if (options_.rate) {
        rate_.emplace(publisher_, *options_.rate, now());
        loop_.set_pace(std::ref(*rate_));
    } else {
        loop_.set_pace(Window(publisher_, ledger_, *options_.window));
    }
}

void Watching::run() {
    set_pace();
    loop_.turn_for(nanos(options_.warmup));

    const CpuMeter servers(options_.pids), apart(options_.apart_pids), self({getpid()});
    const auto before = ledger_.tally;
    const auto start = now();
    ledger_.measure_from_here();
    loop_.turn_for(nanos(options_.seconds));
    ledger_.measure_to_here();
    seconds_ = seconds(now() - start);
    arrived_ = ledger_.tally - before;
    cpu_ = servers.used();
    apart_ = apart.used();
    load_cpu_ = self.used();

    loop_.set_pace([](Nanos) { return never; });
    loop_.turn_until(now() + nanos(options_.patience),
                     [&] { return ledger_.everywhere() == ledger_.last_sent(); });
}

Json Watching::result() const {
    const auto whole = ledger_.tally - at_start_;
    Json result = {{"target", options_.target}, {"watchers", options_.watchers}};
    if (options_.rate) {
        result.update(
            {{"mode", "rate"}, {"rate", *options_.rate}, {"sentLateMs", milliseconds(rate_->late())}});
    } else {
        result.update({{"mode", "window"}, {"window", *options_.window}});
    }
    result.update({{"seconds", rounded(seconds_)},
                   {"changes", ledger_.measured()},
                   {"deliveries", arrived_.deliveries},
                   {"frames", arrived_.frames},
                   {"messages", arrived_.messages},
                   {"bytes", arrived_.bytes},
                   {"perSecond", rounded(static_cast<double>(arrived_.deliveries) / seconds_)},
                   {"stalenessMs", to_json(ledger_.staleness)},
                   {"newestMs", to_json(ledger_.newest)},
                   {"writesPerWatcherPerSecond", rounded(static_cast<double>(arrived_.frames) / seconds_ /
                                                         static_cast<double>(options_.watchers))},
                   {"lost", whole.lost + ledger_.missing()},
                   {"repeated", whole.repeated},
                   {"cpu", to_json(cpu_)},
                   {"apart", to_json(apart_)},
                   {"loadCpu", to_json(load_cpu_)},
                   {"residentKiB", {{"before", before_}, {"subscribed", subscribed_}, {"end", end_}}}});
    return result;
}

}  // namespace

Json watch(const Options& options) {
    return Watching(options).measure();
}

}  // namespace load
