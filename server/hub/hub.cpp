#include "hub/hub.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "hub/board_channel.hpp"
#include "hub/clock.hpp"
#include "hub/feed.hpp"
#include "hub/pause.hpp"

namespace placette::hub {

namespace net = redis::net;
using Clock = std::chrono::steady_clock;

Hub::Hub(net::io_context& context, Feed& feed, OpenContact openContact)
    : context_(context), feed_(feed), openContact_(std::move(openContact)), pause_(context) {}

std::string Hub::epoch(std::string_view territory) const {
    const auto log = logs_.find(territory);
    return log == logs_.end() ? std::string() : log->second.epoch;
}

Instant Hub::asOf() const {
    return storeAvailable_ ? now() : lostAt_;
}

const Ring* Hub::ring(std::string_view territory) const {
    const auto log = logs_.find(territory);
    return log == logs_.end() ? nullptr : &log->second.ring;
}

Awaitable<Result<std::shared_ptr<const Snapshot>>> Hub::snapshot(BoardFilter filter, std::int64_t minOffset) {
    auto work = feed_.snapshot(std::move(filter), minOffset);
    co_return co_await net::co_spawn(feed_.executor(), std::move(work),
                                     net::use_awaitable_t<redis::Executor>{});
}

Awaitable<Result<Counts>> Hub::counts(CountsAsked asked, std::int64_t minOffset) {
    auto work = feed_.counts(std::move(asked), minOffset);
    co_return co_await net::co_spawn(feed_.executor(), std::move(work),
                                     net::use_awaitable_t<redis::Executor>{});
}

Awaitable<Result<void>> Hub::reach(std::string territory, std::int64_t offset) {
    const auto* known = ring(territory);
    if (!known || known->head() >= offset) co_return Result<void>{};
    auto work = feed_.reach(std::move(territory), offset);
    co_return co_await net::co_spawn(feed_.executor(), std::move(work),
                                     net::use_awaitable_t<redis::Executor>{});
}

Awaitable<bool> Hub::reachBack(std::string territory, std::string epoch, std::int64_t offset) {
    auto work = feed_.reachBack(std::move(territory), std::move(epoch), offset);
    co_return co_await net::co_spawn(feed_.executor(), std::move(work),
                                     net::use_awaitable_t<redis::Executor>{});
}

std::shared_ptr<BoardChannel> Hub::channel(const BoardFilter& filter) {
    auto& log = logs_.find(filter.territory)->second;
    auto& known = log.channels[filter.id()];
    if (known) return std::static_pointer_cast<BoardChannel>(known);
    auto channel = std::make_shared<BoardChannel>(filter, log.epoch, [this] { return directory_; });
    channel->fill(log.ring);
    known = channel;
    return channel;
}

std::shared_ptr<Channel> Hub::channel(const BookingFilter& filter) {
    auto& log = logs_.find(filter.territory)->second;
    auto& channel = log.channels[filter.id()];
    if (!channel) {
        channel = std::make_shared<BookingChannel>(filter, log.epoch, openContact_);
        channel->fill(log.ring);
    }
    return channel;
}

void Hub::onChanges(const std::string& territory, const std::vector<Change>& changes) {
    const auto found = logs_.find(territory);
    if (found == logs_.end()) return;
    auto& log = found->second;
    const auto known = log.ring.head();
    const auto isNew = [known](const Change& change) { return change->entry.offset > known; };
    for (const auto& change : changes)
        if (isNew(change)) log.ring.push(change);
    for (auto& [id, channel] : log.channels) {
        channel->trim(log.ring.start());
        const bool clean = channel->untold == 0;
        for (const auto& change : changes)
            if (isNew(change) && channel->offer(change)) ++channel->untold;
        if (clean && channel->untold > 0) dirty_.push_back(channel);
    }
    if (!busy_) sweep();
}

void Hub::onEarlier(const std::string& territory, const std::string& epoch,
                    const std::vector<Change>& earlier) {
    const auto found = logs_.find(territory);
    if (found == logs_.end() || found->second.epoch != epoch) return;
    auto& ring = found->second.ring;
    ring.reachBack(earlier);
    for (auto& [id, channel] : found->second.channels) channel->reachBack(earlier, ring.start());
}

void Hub::onForgotten(const std::string& territory, std::int64_t upTo) {
    const auto found = logs_.find(territory);
    if (found == logs_.end()) return;
    found->second.ring.forget(upTo);
    for (auto& [id, channel] : found->second.channels) channel->trim(found->second.ring.start());
}

void Hub::onReset(const std::string& territory, const std::string& epoch, std::int64_t head) {
    auto& log = logs_[territory];
    log.epoch = epoch;
    log.ring.restart(head);
    auto channels = std::move(log.channels);
    log.channels.clear();
    for (auto& [id, channel] : channels)
        while (auto* subscription = channel->subscribers.any()) {
            auto& watcher = *subscription->watcher;
            watcher.end(*subscription, "epoch");
            watcher.wake();
        }
}

void Hub::onDirectory(std::shared_ptr<const Directory> directory) {
    directory_ = std::move(directory);
}

void Hub::onFeedHistory(std::string history) {
    feedHistory_ = std::move(history);
    updateAvailable();
}

void Hub::onWriterHistory(std::string history) {
    writerHistory_ = std::move(history);
    updateAvailable();
}

void Hub::updateAvailable() {
    const bool known = !feedHistory_.empty() && !writerHistory_.empty();
    const bool available = known && feedHistory_ == writerHistory_;
    if (known && !available) onDifferent();
    if (std::exchange(storeAvailable_, available) == available) return;
    if (!available) lostAt_ = now();
    for (auto* watcher : std::vector(watchers_)) watcher->wake();
}

void Hub::add(Watcher& watcher) {
    watcher.hubIndex = watchers_.size();
    watchers_.push_back(&watcher);
}

void Hub::remove(Watcher& watcher) {
    watchers_.back()->hubIndex = watcher.hubIndex;
    watchers_[watcher.hubIndex] = watchers_.back();
    watchers_.pop_back();
}

void Hub::attach(Subscription& subscription) {
    subscription.channel->subscribers.add(subscription);
}

void Hub::detach(Subscription& subscription) {
    auto& subscribers = subscription.channel->subscribers;
    subscribers.remove(subscription);
    if (!subscribers.empty()) return;
    const auto log = logs_.find(subscription.channel->territory());
    if (log == logs_.end()) return;
    const auto own = log->second.channels.find(subscription.channel->id());
    if (own != log->second.channels.end() && own->second == subscription.channel)
        log->second.channels.erase(own);
}

namespace {

// Watchers are found again in the channel: they may have gone while the snapshot was made. Where none could
// be had, the next change tries again.
Awaitable<void> fetchSnapshot(Hub& hub, std::shared_ptr<Channel> channel) {
    const auto filter = static_cast<const BoardChannel&>(*channel).filter();
    const auto result = co_await hub.snapshot(filter, channel->start());
    static const Shared tail = shared("}}");
    channel->fetching = false;
    for (auto* subscription : channel->subscribers.all()) {
        if (!subscription->catchingUp) continue;
        if (!result || (*result)->epoch != channel->epoch()) {
            subscription->catchingUp = false;
            continue;
        }
        const auto& snapshot = **result;
        if (subscription->told > snapshot.offset) {  // it fell behind later: it needs another
            subscription->catchingUp = false;
            subscription->watcher->wake();
            continue;
        }
        Parts delta{shared(deltaHead(*channel, subscription->told, snapshot.offset)), snapshot.cells, tail};
        Parts facilities{shared(facilitiesHead(*channel)), snapshot.facilities, tail};
        subscription->watcher->caughtUp(channel->id(), {std::move(delta), std::move(facilities)},
                                        snapshot.offset);
    }
}

}  // namespace

void Hub::catchUp(Subscription& subscription) {
    // Whoever falls behind meanwhile is served by the same.
    if (std::exchange(subscription.channel->fetching, true)) return;
    net::co_spawn(context_, fetchSnapshot(*this, subscription.channel), net::detached);
}

// The first change after a quiet time goes out at once; under load a sweep is followed by a pause, in which
// changes gather and are merged.
void Hub::sweep() {
    if (dirty_.empty()) return;
    busy_ = true;
    ++turn_;
    sweep_ = {std::exchange(dirty_, {})};
    for (const auto& channel : sweep_.channels) {
        sweep_.changes = std::max(sweep_.changes, std::exchange(channel->untold, 0));
        channel->subscribers.beginRound(turn_);
    }
    sweepOn();
}

// A few sessions at a time: what else is to be done on this thread, replies above all, comes between.
void Hub::sweepOn() {
    constexpr std::size_t atATime = 64;
    const auto begin = threadTime();
    for (std::size_t visited = 0; visited < atATime && !sweep_.channels.empty(); ++visited) {
        if (const auto* subscription = sweep_.channels.back()->subscribers.next())
            subscription->watcher->wake();
        else
            sweep_.channels.pop_back();
    }
    sweep_.busy += threadTime() - begin;
    if (!sweep_.channels.empty()) return net::post(context_, [this] { sweepOn(); });
    const auto heldBack = feed_.writes().heldBack();
    const bool pressed = std::exchange(heldBack_, heldBack) != heldBack;
    pause_->expires_after(pauseAfter(sweep_.busy, Clock::now() - sweep_.begun, sweep_.changes, pressed));
    pause_->async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        busy_ = false;
        sweep();
    });
}

}  // namespace placette::hub
