#include "hub/hub.hpp"

#include <algorithm>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
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

Awaitable<bool> Hub::reachBack(std::string territory, std::string epoch, std::int64_t offset) {
    auto work = feed_.reachBack(std::move(territory), std::move(epoch), offset);
    co_return co_await net::co_spawn(feed_.executor(), std::move(work),
                                     net::use_awaitable_t<redis::Executor>{});
}

std::shared_ptr<Channel> Hub::channel(const BoardFilter& filter) {
    auto& log = logs_.find(filter.territory)->second;
    auto& channel = log.channels[filter.id()];
    if (!channel) {
        channel = std::make_shared<BoardChannel>(filter, log.epoch, [this] { return directory_; });
        channel->fill(log.ring);
    }
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
        for (const auto& change : changes)
            if (isNew(change) && channel->offer(change)) ++channel->untold;
        if (channel->untold > 0) schedule(channel);
    }
    if (!pausing_) sweep();
}

void Hub::onEarlier(const std::string& territory, const std::string& epoch,
                    const std::vector<Change>& earlier) {
    const auto found = logs_.find(territory);
    if (found == logs_.end() || found->second.epoch != epoch) return;
    found->second.ring.reachBack(earlier);
    for (auto& [id, channel] : found->second.channels) channel->fill(found->second.ring);
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
        while (!channel->subscribers.empty()) {
            auto& watcher = *channel->subscribers.back()->watcher;
            watcher.end(*channel->subscribers.back(), "epoch");
            watcher.wake();
        }
    for (auto* watcher : watchers_) watcher->forgetOffset(territory);
}

void Hub::onDirectory(std::shared_ptr<const Directory> directory) {
    directory_ = std::move(directory);
}

void Hub::onFeedAvailable(bool available) {
    feedAvailable_ = available;
    updateAvailable();
}

void Hub::onWriterAvailable(bool available) {
    writerAvailable_ = available;
    updateAvailable();
}

void Hub::updateAvailable() {
    const bool available = feedAvailable_ && writerAvailable_;
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
    auto& subscribers = subscription.channel->subscribers;
    subscription.index = subscribers.size();
    subscribers.push_back(&subscription);
}

void Hub::detach(Subscription& subscription) {
    auto& subscribers = subscription.channel->subscribers;
    subscribers.back()->index = subscription.index;
    subscribers[subscription.index] = subscribers.back();
    subscribers.pop_back();
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
    for (auto* subscription : std::vector(channel->subscribers)) {
        if (!subscription->catchingUp) continue;
        if (!result || (*result)->epoch != channel->epoch()) {
            subscription->catchingUp = false;
            continue;
        }
        const auto& snapshot = **result;
        Parts delta{shared(deltaHead(*channel, subscription->told, snapshot.offset)), snapshot.cells, tail};
        Parts facilities{shared(facilitiesHead(*channel)), snapshot.facilities, tail};
        subscription->watcher->caughtUp(channel->id(), {std::move(delta), std::move(facilities)},
                                        snapshot.offset);
    }
}

}  // namespace

void Hub::catchUp(Subscription& subscription) {
    net::co_spawn(context_, fetchSnapshot(*this, subscription.channel), net::detached);
}

void Hub::schedule(const std::shared_ptr<Channel>& channel) {
    if (std::ranges::find(dirty_, channel) == dirty_.end()) dirty_.push_back(channel);
}

// The first change after a quiet time goes out at once; under load a sweep is followed by a pause, in which
// changes gather and are merged.
void Hub::sweep() {
    if (dirty_.empty()) return;
    const auto begin = Clock::now();
    ++turn_;
    std::size_t changes = 0;
    for (const auto& channel : std::exchange(dirty_, {})) {
        changes = std::max(changes, std::exchange(channel->untold, 0));
        const auto subscribers = channel->subscribers;
        // Another one is the first each time: whoever comes last has waited for all the others.
        const auto first = subscribers.empty() ? 0 : turn_ * 7919 % subscribers.size();
        for (auto i = first; i < subscribers.size(); ++i) subscribers[i]->watcher->wake();
        for (std::size_t i = 0; i < first; ++i) subscribers[i]->watcher->wake();
    }
    const auto pause = pauseAfter(Clock::now() - begin, changes);
    if (pause.count() == 0) return;
    pausing_ = true;
    pause_->expires_after(pause);
    pause_->async_wait([this](const boost::system::error_code& error) {
        if (error) return;
        pausing_ = false;
        sweep();
    });
}

}  // namespace placette::hub
