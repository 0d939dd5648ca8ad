// A session as its hub sees it: its subscriptions, each a cursor in a channel, and what it has to be told
// apart from that. It queues no board data: when it can write, it takes what lies between its cursors and the
// head.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hub/batch.hpp"
#include "hub/channel.hpp"
#include "redis/timer.hpp"

namespace placette::hub {

class Hub;
class Watcher;

// A place in a channel: what followed is to be told.
struct Cursor {
    std::shared_ptr<Channel> channel;
    std::int64_t told = 0;  // offset
};

struct Subscription {
    std::shared_ptr<Channel> channel;
    Watcher* watcher;
    std::int64_t told = 0;             // offset
    Date from = Date::min();           // as told
    std::vector<std::string> whose{};  // facilities and offices: a change of their territories ends it
    std::size_t index = 0;             // in channel->subscribers
    Shared reply;                      // active once the reply with this part is queued; then null
    bool catchingUp = false;           // a snapshot is on its way
    std::vector<Parts> catchUp;        // it has come: notifications
    std::int64_t catchUpTold = 0;
};

class Watcher {
public:
    explicit Watcher(Hub&);
    virtual ~Watcher();
    Watcher(const Watcher&) = delete;

    virtual void wake() = 0;  // there is something to take; called on the hub's thread
    // Until the client has taken most of what it was answered: before something large is made for it.
    virtual redis::Awaitable<void> taken() { co_return; }

    Hub& hub() { return hub_; }
    std::size_t subscriptions() const;
    bool subscribed(const std::string& channel) const;
    // Watches from the cursors on, once the reply that carries the part `reply` is queued. Channels of
    // several territories that have one id are one subscription; it takes the place of one of that id.
    void subscribe(std::vector<Cursor>, Shared reply, const std::vector<std::string>& whose = {});
    // The last offset of a territory that this session was told, by any subscription; 0: none.
    std::int64_t told(const std::string& territory) const;
    bool unsubscribe(const std::string& channel);  // false: there was none
    void unsubscribeAll();
    void replyQueued(const Parts&);  // subscriptions that it announces become active

    void listen();  // signed in: told of the store from here on
    void announceDraining(std::chrono::milliseconds reconnectAfter);
    void end(Subscription&, const std::string& reason);         // board.reset; the subscription is gone
    void endWhereMoved(const std::vector<std::string>& names);  // sorted
    void caughtUp(const std::string& channel, std::vector<Parts> notifications, std::int64_t told);

    Message take();  // the next text to write; null: nothing to tell

    std::size_t hubIndex = 0;  // kept by Hub

private:
    std::shared_ptr<const News> newsOf(Subscription&);
    void endThoseBehind();
    void noticeStore();
    void takeCatchUp(Subscription&, Batch&);
    static void takeWindow(Subscription&, Batch&);

    Hub& hub_;
    std::vector<std::unique_ptr<Subscription>> subscriptions_;
    std::size_t waitingReplies_ = 0;
    bool listening_ = false;
    bool toldStoreAvailable_ = true;
    std::vector<Shared> notices_;
    std::vector<std::pair<Shared, Shared>> endedEarly_;  // a reply, and the reset to send after it
};

}  // namespace placette::hub
