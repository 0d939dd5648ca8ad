#include "hub/watcher.hpp"

#include <algorithm>

#include "hub/hub.hpp"
#include "protocol/encode.hpp"

namespace placette::hub {

void Batch::add(const Parts& notification) {
    static const Shared comma = shared(",");
    if (count_++ > 0) pieces_.push_back(comma);
    pieces_.insert(pieces_.end(), notification.begin(), notification.end());
}

Parts Batch::finish() && {
    static const Shared open = shared("["), close = shared("]");
    if (count_ > 1) {
        pieces_.insert(pieces_.begin(), open);
        pieces_.push_back(close);
    }
    return std::move(pieces_);
}

Watcher::Watcher(Hub& hub) : hub_(hub) {
    hub_.add(*this);
}

Watcher::~Watcher() {
    unsubscribeAll();
    hub_.remove(*this);
}

bool Watcher::subscribed(const std::string& channel) const {
    return std::ranges::any_of(subscriptions_, [&](const auto& s) { return s->channel->id() == channel; });
}

void Watcher::subscribe(std::shared_ptr<Channel> channel, std::int64_t told, Shared reply) {
    auto subscription = std::make_unique<Subscription>();
    subscription->channel = std::move(channel);
    subscription->watcher = this;
    subscription->told = told;
    subscription->reply = std::move(reply);
    ++waitingReplies_;
    // In this order: the hub forgets a channel when its last subscription goes.
    hub_.attach(*subscription);
    unsubscribe(std::string(subscription->channel->id()));
    subscriptions_.push_back(std::move(subscription));
}

std::int64_t Watcher::told(const std::string& territory) const {
    std::int64_t last = 0;
    for (const auto& subscription : subscriptions_)
        if (subscription->channel->territory() == territory) last = std::max(last, subscription->told);
    return last;
}

bool Watcher::unsubscribe(const std::string& channel) {
    const auto found =
        std::ranges::find_if(subscriptions_, [&](const auto& s) { return s->channel->id() == channel; });
    if (found == subscriptions_.end()) return false;
    if ((*found)->reply) --waitingReplies_;
    hub_.detach(**found);
    subscriptions_.erase(found);
    return true;
}

void Watcher::unsubscribeAll() {
    for (auto& subscription : subscriptions_) hub_.detach(*subscription);
    subscriptions_.clear();
    waitingReplies_ = 0;
}

void Watcher::replyQueued(const Parts& parts) {
    const auto carries = [&parts](const Shared& reply) {
        return std::ranges::find(parts, reply) != parts.end();
    };
    std::erase_if(endedEarly_, [&](const auto& ended) {
        if (!carries(ended.first)) return false;
        notices_.push_back(ended.second);
        return true;
    });
    if (waitingReplies_ == 0) return;
    for (auto& subscription : subscriptions_) {
        if (!subscription->reply || !carries(subscription->reply)) continue;
        subscription->reply = nullptr;
        --waitingReplies_;
    }
}

void Watcher::listen() {
    listening_ = true;
    toldStoreAvailable_ = hub_.storeAvailable();
}

void Watcher::announceDraining(std::chrono::milliseconds reconnectAfter) {
    notices_.push_back(shared(R"({"jsonrpc":"2.0","method":"server.draining","params":{"reconnectAfterMs":)" +
                              std::to_string(reconnectAfter.count()) + "}}"));
    wake();
}

void Watcher::end(Subscription& subscription, const std::string& reason) {
    std::string text = R"({"jsonrpc":"2.0","method":"board.reset","params":{"subscription":)";
    encode::text(text, subscription.channel->id());
    text += R"(,"reason":)";
    encode::text(text, reason);
    auto reset = shared(text += "}}");
    if (subscription.reply)
        endedEarly_.emplace_back(subscription.reply, std::move(reset));
    else
        notices_.push_back(std::move(reset));
    unsubscribe(std::string(subscription.channel->id()));
}

void Watcher::caughtUp(const std::string& channel, std::vector<Parts> notifications, std::int64_t told) {
    for (auto& subscription : subscriptions_) {
        if (subscription->channel->id() != channel || !subscription->catchingUp) continue;
        subscription->catchingUp = false;
        subscription->catchUp = std::move(notifications);
        subscription->catchUpTold = told;
        wake();
        return;
    }
}

void Watcher::takeFrom(Subscription& subscription, Batch& batch) {
    if (!subscription.catchUp.empty()) {
        for (const auto& notification : subscription.catchUp) batch.add(notification);
        subscription.catchUp.clear();
        subscription.told = subscription.catchUpTold;
    }
    auto pending = subscription.channel->pending(subscription.told);
    if (pending) {
        for (const auto& notification : pending->notifications) batch.add(notification);
        subscription.told = pending->told;
    } else if (!subscription.channel->personal() && !subscription.catchingUp) {
        subscription.catchingUp = true;
        hub_.catchUp(subscription);
    }
}

Parts Watcher::take() {
    std::vector<Subscription*> lost;
    for (auto& subscription : subscriptions_)
        if (!subscription->reply && subscription->channel->personal() &&
            !subscription->channel->reaches(subscription->told))
            lost.push_back(subscription.get());
    for (auto* subscription : lost) end(*subscription, "behind");

    Batch batch;
    if (listening_ && toldStoreAvailable_ != hub_.storeAvailable()) {
        toldStoreAvailable_ = hub_.storeAvailable();
        notices_.push_back(
            shared(std::string(R"({"jsonrpc":"2.0","method":"store.changed","params":{"available":)") +
                   (toldStoreAvailable_ ? "true}}" : "false}}")));
    }
    for (const auto& notice : notices_) batch.add(notice);
    notices_.clear();
    for (auto& subscription : subscriptions_)
        if (!subscription->reply) takeFrom(*subscription, batch);
    return std::move(batch).finish();
}

}  // namespace placette::hub
