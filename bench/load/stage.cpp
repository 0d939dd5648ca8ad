#include "stage.hpp"

#include <stdexcept>

#include "address.hpp"

namespace load {

Stage::Stage(const Options& options)
    : address_(to_address(options.address)),
      publisher_dialect_(publisher_dialect(options)),
      watcher_dialect_(watcher_dialect(options)),
      upgrade_(publisher_dialect_->upgrade(options.address)),
      publishers(*publisher_dialect_, ledger, options.publishers),
      crowd(loop, *watcher_dialect_, ledger, address_) {}

void Stage::enter_publishers() {
    publishers.connect(loop.epoll(), address_, upgrade_);
    if (!loop.turn_until(now() + 10 * second, [&] { return publishers.are_ready(); }))
        throw std::runtime_error("the publishers did not get in");
}

void Stage::reach_everyone() {
    constexpr int tries = 30;
    for (int made = 0; made < tries; ++made) {
        publishers.change(now());
        publishers.flush();
        if (turn_until_everywhere(second)) return;
    }
    throw std::runtime_error("no change reaches all watchers");
}

bool Stage::turn_until_everywhere(Nanos patience) {
    return loop.turn_until(now() + patience, [&] { return ledger.everywhere() == ledger.last_sent(); });
}

}  // namespace load
