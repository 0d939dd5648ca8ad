#include "redis/log_follower.hpp"

#include <spdlog/spdlog.h>

#include <boost/asio/co_spawn.hpp>
#include <charconv>
#include <compare>
#include <map>
#include <optional>
#include <utility>

#include "redis/server_info.hpp"
#include "redis/timer.hpp"

namespace placette::redis {
namespace {

using namespace std::chrono_literals;

// So short that a stream which is added meanwhile is soon read. New entries end a round at once.
constexpr auto block = 200ms;
constexpr auto deadline = block + 5s;
constexpr auto pauseAfterError = 500ms;
constexpr auto historyKnownFor = 200ms;
constexpr const char* entriesPerRound = "512";

struct EntryId {
    std::uint64_t offset = 0;
    std::uint64_t sequence = 0;
    auto operator<=>(const EntryId&) const = default;
};

EntryId parseId(const std::string& text) {
    EntryId id;
    const char* end = text.data() + text.size();
    const char* dash = std::from_chars(text.data(), end, id.offset).ptr;
    if (dash != end) std::from_chars(dash + 1, end, id.sequence);
    return id;
}

std::string toText(EntryId id) {
    return std::to_string(id.offset) + "-" + std::to_string(id.sequence);
}

}  // namespace

std::vector<RawEntry> toEntries(Reply&& reply) {
    std::vector<RawEntry> entries;
    entries.reserve(reply.items.size());
    for (Reply& item : reply.items) {
        RawEntry& entry = entries.emplace_back();
        entry.id = std::move(item.items.at(0).text);
        entry.fields.reserve(item.items.at(1).items.size());
        for (Reply& field : item.items[1].items) entry.fields.push_back(std::move(field.text));
    }
    return entries;
}

std::int64_t RawEntry::offset() const {
    return static_cast<std::int64_t>(parseId(id).offset);
}

class LogFollower::Impl : public std::enable_shared_from_this<Impl> {
public:
    Impl(net::io_context& io, Endpoint endpoint, Hooks hooks)
        : io_(io),
          hooks_(std::move(hooks)),
          client_(io, std::move(endpoint), {.name = "log-reader"},
                  {.up = [this](Client& client) { return connected(client); },
                   .down = [this] { hooks_.down(); }}),
          wake_(io.get_executor()) {}

    void start() {
        client_.start();
        net::co_spawn(io_, follow(shared_from_this()), [](std::exception_ptr failure) {
            if (failure) std::rethrow_exception(failure);
        });
    }

    void stop() {
        stopped_ = true;
        client_.stop();
        wake_.cancel();
    }

    void add(std::string stream, const std::string& from) {
        const bool fromNewest = from == newest;
        streams_[std::move(stream)] = {++lastFollowed_, fromNewest ? EntryId{} : parseId(from), !fromNewest,
                                       fromNewest ? State::begins : State::unchecked};
        wake_.cancel();
    }

    void remove(const std::string& stream) { streams_.erase(stream); }

private:
    // begins: the head is to be found, and is where it begins. unchecked: after a connection, and from time
    // to time, what is in Redis is to be compared with what was seen.
    enum class State { begins, unchecked, followed };
    struct Followed {
        std::uint64_t number = 0;  // tells a stream from one that was added again
        EntryId last;
        bool counted = true;  // offsets grow by one
        State state = State::unchecked;
    };
    struct Asked {
        std::string stream;
        std::uint64_t number;
    };

    Awaitable<bool> connected(Client& client) {
        const auto history = co_await serverHistory(client);
        if (!history || stopped_) co_return false;
        history_ = *history;
        historySeen_ = Clock::now();
        for (auto& [stream, followed] : streams_) {
            if (followed.state == State::followed) followed.state = State::unchecked;
        }
        hooks_.up(history_);
        wake_.cancel();  // its handler runs after this one, when the client is available
        co_return true;
    }

    Awaitable<void> follow([[maybe_unused]] std::shared_ptr<Impl> holdOfItsOwnObject) {
        while (!stopped_) {
            if (!client_.available() || streams_.empty()) {
                co_await pause(wake_, 1h);
                continue;
            }
            const bool same = co_await sameHistory();
            if (!same) continue;
            const bool checked = co_await checkAll();
            if (!checked) continue;
            co_await readRound();
        }
    }

    // A primary that is made a replica, and perhaps a primary again, keeps its connections: a log that is
    // read on may be another's. So it is asked, often enough that nothing of the kind is told for long, and
    // no more often.
    Awaitable<bool> sameHistory() {
        const auto asked = Clock::now();
        if (asked - historySeen_ < historyKnownFor) co_return true;
        const auto history = co_await serverHistory(client_);
        if (!history) {  // lost; or it did not answer so, and is asked again
            co_await afterError();
            co_return false;
        }
        if (*history != history_) {
            client_.drop("this Redis has become another primary");
            co_return false;
        }
        historySeen_ = asked;
        doubtNext();
        co_return true;
    }

    // A log may be set back behind us in the same history too, by somebody's hand: each in its turn is
    // compared again.
    void doubtNext() {
        auto next = streams_.upper_bound(doubted_);
        if (next == streams_.end()) next = streams_.begin();
        if (next == streams_.end()) return;
        doubted_ = next->first;
        if (next->second.state == State::followed) next->second.state = State::unchecked;
    }

    // False: the connection is lost, or nothing is left to read.
    Awaitable<bool> checkAll() {
        for (auto next = nextUnchecked(); next; next = nextUnchecked()) {
            const Asked asked = *next;
            std::vector<std::string> newestEntry{"XREVRANGE", asked.stream, "+", "-", "COUNT", "1"};
            const auto head = co_await client_.command(std::move(newestEntry));
            std::vector<std::string> oldestEntry{"XRANGE", asked.stream, "-", "+", "COUNT", "1"};
            const auto oldest = co_await client_.command(std::move(oldestEntry));
            const bool answered = usable(head) && usable(oldest);
            if (!answered) {
                co_await afterError();
                co_return false;
            }
            check(asked, idOf(*head), idOf(*oldest));
        }
        co_return !stopped_ && !streams_.empty();
    }

    std::optional<Asked> nextUnchecked() const {
        for (const auto& [stream, followed] : streams_) {
            if (followed.state != State::followed) return Asked{stream, followed.number};
        }
        return std::nullopt;
    }

    static EntryId idOf(const Reply& reply) {
        return reply.items.empty() ? EntryId{} : parseId(reply.items[0].items.at(0).text);
    }

    void check(const Asked& asked, EntryId head, EntryId oldest) {
        Followed* followed = find(asked);
        if (!followed) return;
        if (followed->state == State::begins) {
            followed->last = head;
        } else if (head < followed->last || (!followed->counted && followed->last < oldest)) {
            return gap(asked.stream, head < followed->last);
        }
        followed->state = State::followed;
    }

    Awaitable<void> readRound() {
        std::vector<std::string> command{
            "XREAD", "COUNT", entriesPerRound, "BLOCK", std::to_string(block.count()), "STREAMS"};
        std::vector<Asked> asked;
        std::vector<std::string> positions;
        for (const auto& [stream, followed] : streams_) {
            asked.push_back({stream, followed.number});
            command.push_back(stream);
            positions.push_back(toText(followed.last));
        }
        command.insert(command.end(), positions.begin(), positions.end());

        auto reply = co_await client_.command(std::move(command), deadline);
        if (!usable(reply)) {
            co_await afterError();
            co_return;
        }
        for (Reply& item : reply->items) {
            const std::string& stream = item.items.at(0).text;
            for (const Asked& one : asked) {
                if (one.stream == stream) deliver(one, toEntries(std::move(item.items.at(1))));
            }
        }
    }

    void deliver(const Asked& asked, std::vector<RawEntry> entries) {
        Followed* followed = find(asked);
        if (!followed || entries.empty()) return;
        for (const RawEntry& entry : entries) {
            const EntryId id = parseId(entry.id);
            if (followed->counted && id.offset != followed->last.offset + 1) return gap(asked.stream, false);
            followed->last = id;
        }
        hooks_.entries(asked.stream, std::move(entries));
    }

    // Null: removed, or added again meanwhile; or stopped.
    Followed* find(const Asked& asked) {
        const auto found = streams_.find(asked.stream);
        return !stopped_ && found != streams_.end() && found->second.number == asked.number ? &found->second
                                                                                            : nullptr;
    }

    void gap(const std::string& stream, bool goneBack) {
        streams_.erase(stream);
        hooks_.gap(stream, goneBack);
    }

    static bool usable(const tl::expected<Reply, Failure>& reply) { return reply && !reply->isError(); }

    // A lost connection comes back by itself; an error (a failover, a key of another kind) is tried again.
    Awaitable<void> afterError() {
        if (stopped_ || !client_.available()) co_return;
        spdlog::warn("redis log-reader: Redis refuses to read the logs; trying again");
        for (auto& [stream, followed] : streams_) {
            if (followed.state == State::followed) followed.state = State::unchecked;
        }
        co_await pause(wake_, pauseAfterError);
    }

    net::io_context& io_;
    const Hooks hooks_;
    Client client_;
    Timer wake_;  // cancelled when there may be something to do
    bool stopped_ = false;
    std::string history_;  // of the present connection
    Clock::time_point historySeen_{};
    std::map<std::string, Followed> streams_;
    std::string doubted_;  // the last that was compared again
    std::uint64_t lastFollowed_ = 0;
};

LogFollower::LogFollower(net::io_context& io, Endpoint endpoint, Hooks hooks)
    : impl_(std::make_shared<Impl>(io, std::move(endpoint), std::move(hooks))) {}

LogFollower::~LogFollower() {
    impl_->stop();
}

void LogFollower::start() {
    impl_->start();
}
void LogFollower::stop() {
    impl_->stop();
}
void LogFollower::add(std::string stream, std::string from) {
    impl_->add(std::move(stream), from);
}
void LogFollower::remove(const std::string& stream) {
    impl_->remove(stream);
}

}  // namespace placette::redis
