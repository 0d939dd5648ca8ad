#include "hub/watcher.hpp"

#include <algorithm>

#include "hub/hub.hpp"
#include "protocol/encode.hpp"

namespace placette::hub {

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

// Those of one id stand side by side.
std::size_t Watcher::subscriptions() const {
    std::size_t count = 0;
    const std::string* last = nullptr;
    for (const auto& subscription : subscriptions_) {
        const auto& id = subscription->channel->id();
        if (!last || *last != id) ++count;
        last = &id;
    }
    return count;
}

void Watcher::subscribe(std::vector<Cursor> cursors, Shared reply, const std::vector<std::string>& whose) {
    std::vector<std::unique_ptr<Subscription>> made;
    for (auto& cursor : cursors) {
        auto& subscription = *made.emplace_back(std::make_unique<Subscription>());
        subscription.channel = std::move(cursor.channel);
        subscription.watcher = this;
        subscription.told = cursor.told;
        subscription.from = subscription.channel->from();
        subscription.whose = whose;
        subscription.reply = reply;
        // In this order: the hub forgets a channel when its last subscription goes.
        hub_.attach(subscription);
    }
    unsubscribe(std::string(made.front()->channel->id()));
    waitingReplies_ += made.size();
    std::ranges::move(made, std::back_inserter(subscriptions_));
}

std::int64_t Watcher::told(const std::string& territory) const {
    std::int64_t last = 0;
    for (const auto& subscription : subscriptions_)
        if (subscription->channel->territory() == territory) last = std::max(last, subscription->told);
    return last;
}

bool Watcher::unsubscribe(const std::string& channel) {
    const auto ended = std::erase_if(subscriptions_, [&](const auto& subscription) {
        if (subscription->channel->id() != channel) return false;
        if (subscription->reply) --waitingReplies_;
        hub_.detach(*subscription);
        return true;
    });
    return ended > 0;
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

void Watcher::endWhereMoved(const std::vector<std::string>& names) {
    const auto isConcerned = [&names](const auto& subscription) {
        return std::ranges::any_of(subscription->whose, [&names](const auto& name) {
            return std::ranges::binary_search(names, name);
        });
    };
    bool any = false;
    for (auto one = std::ranges::find_if(subscriptions_, isConcerned); one != subscriptions_.end();
         one = std::ranges::find_if(subscriptions_, isConcerned)) {
        end(**one, "scope");
        any = true;
    }
    if (any) wake();
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

// What was before the day from which on its channel tells is not followed any more.
void Watcher::takeWindow(Subscription& subscription, Batch& batch) {
    const auto& channel = *subscription.channel;
    if (channel.from() <= subscription.from) return;
    subscription.from = channel.from();
    batch.add(channel.moved());
}

// What its channel has for it; where the log no longer reaches back, a snapshot is sent for. One at a time:
// each may be large.
std::shared_ptr<const News> Watcher::newsOf(Subscription& subscription) {
    auto& channel = *subscription.channel;
    if (channel.reaches(subscription.told)) {
        auto news = channel.news(subscription.told);
        if (news) subscription.told = news->told;
        return news;
    }
    const auto catchesUp = [](const auto& one) { return one->catchingUp || !one->catchUp.empty(); };
    if (std::ranges::none_of(subscriptions_, catchesUp)) {
        subscription.catchingUp = true;
        hub_.catchUp(subscription);
    }
    return nullptr;
}

// Bookings have no snapshot to send: the client reads them anew.
void Watcher::endThoseBehind() {
    const auto isBehind = [](const auto& subscription) {
        const auto& channel = *subscription->channel;
        return !subscription->reply && channel.personal() && !channel.reaches(subscription->told);
    };
    for (auto behind = std::ranges::find_if(subscriptions_, isBehind); behind != subscriptions_.end();
         behind = std::ranges::find_if(subscriptions_, isBehind))
        end(**behind, "behind");
}

void Watcher::noticeStore() {
    if (!listening_ || toldStoreAvailable_ == hub_.storeAvailable()) return;
    toldStoreAvailable_ = hub_.storeAvailable();
    notices_.push_back(
        shared(std::string(R"({"jsonrpc":"2.0","method":"store.changed","params":{"available":)") +
               (toldStoreAvailable_ ? "true}}" : "false}}")));
}

void Watcher::takeCatchUp(Subscription& subscription, Batch& batch) {
    if (subscription.catchUp.empty()) return;
    for (const auto& notification : subscription.catchUp) batch.add(notification);
    subscription.catchUp.clear();
    subscription.told = subscription.catchUpTold;
}

Message Watcher::take() {
    endThoseBehind();
    noticeStore();
    Batch batch;
    for (const auto& notice : notices_) batch.add(notice);
    notices_.clear();
    // Most often one channel alone has news: then its message goes out as it is, shared by all who get it.
    std::shared_ptr<const News> only;
    const auto gather = [&batch](const News& news) {
        for (const auto& notification : news.notifications) batch.add(notification);
    };
    for (auto& subscription : subscriptions_) {
        if (subscription->reply) continue;
        takeCatchUp(*subscription, batch);
        takeWindow(*subscription, batch);
        auto news = newsOf(*subscription);
        if (!news) continue;
        if (!only && batch.empty())
            only = std::move(news);
        else
            gather(*news);
    }
    if (only && batch.empty()) return only->message;
    if (only) gather(*only);
    return std::move(batch).finish();
}

}  // namespace placette::hub
