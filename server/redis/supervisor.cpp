#include "redis/supervisor.hpp"

#include <spdlog/spdlog.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/posix/basic_stream_descriptor.hpp>
#include <csignal>
#include <optional>
#include <utility>

#include "redis/aof_keeper.hpp"
#include "redis/aof_sums.hpp"
#include "redis/supervisor_process.hpp"
#include "redis/timer.hpp"

namespace placette::redis {

using namespace std::chrono_literals;

class Supervisor::Impl : public std::enable_shared_from_this<Impl> {
public:
    using Done = tl::expected<void, StoreFailure>;

    Impl(net::io_context& io, const DataFolder& folder, Options options)
        : io_(io), folder_(folder), options_(std::move(options)), timer_(io.get_executor()) {}

    Awaitable<Done> start() {
        checkDisk();
        auto up = co_await bringUp();
        if (up) {
            net::co_spawn(io_, watch(shared_from_this()), [](std::exception_ptr failure) {
                if (failure) std::rethrow_exception(failure);
            });
        }
        co_return up;
    }

    Awaitable<void> stop() {
        leave();
        const bool ended = co_await end();
        if (!ended) spdlog::warn("redis-server {} does not end; the next start will adopt it", pid_);
    }

    void leave() {
        stopping_ = true;
        process_.reset();
        timer_.cancel();
    }

    pid_t pid() const { return pid_; }
    bool diskLow() const { return diskLow_; }

private:
    using Descriptor = net::posix::basic_stream_descriptor<Executor>;
    static constexpr std::chrono::milliseconds betweenLooks{500}, betweenFollowings{2000};

    Awaitable<Done> bringUp() {
        auto giveUp = Clock::now() + options_.patience;
        const auto socketDue = Clock::now() + options_.socketTime;
        bool spawned = false;
        while (!stopping_) {
            checkDisk();
            const Probe probe = co_await probeRedis(io_, folder_.endpoint());
            if (stopping_) break;
            if (!probe.folder.empty() && probe.folder != folder_.path()) {
                co_return failed("a Redis of another folder answers at " + folder_.endpoint().socket +
                                 ": end it, or remove that file");
            }
            if (probe.state == Probe::State::ready) co_return adopt(probe.pid, spawned);
            if (probe.state == Probe::State::loading) giveUp = Clock::now() + options_.patience;
            tellWait(probe.state);
            if (probe.state == Probe::State::absent) {
                if (Clock::now() > socketDue) endUnreachable();
                const bool before = spawned;
                const Done started = startIfNoneLives(spawned);
                if (!started) co_return started;
                if (spawned && !before)
                    giveUp = Clock::now() + options_.patience;  // its files were read first
            }
            if (Clock::now() > giveUp) {
                co_return failed(unanswered());
            }
            co_await pause(timer_, 50ms);
        }
        co_return failed("stopped");
    }

    static tl::unexpected<StoreFailure> failed(std::string why) {
        return tl::unexpected(StoreFailure{std::move(why)});
    }

    std::string unanswered() const {
        const auto pid = redisOf(folder_);
        const auto which = pid == 0 ? std::string("a redis-server") : "redis-server " + std::to_string(pid);
        return which + " holds " + folder_.path().string() +
               " and does not answer; if it goes on so, end it (kill -9)";
    }

    // Said at once, not when patience ends.
    void tellWait(Probe::State state) {
        if (!options_.onWait || state == told_) return;
        told_ = state;
        if (state == Probe::State::silent) options_.onWait(unanswered());
    }

    Done adopt(pid_t pid, bool spawned) {
        pid_ = pid;
        holdsLock_ = !folder_.claimForRedis();
        socket_ = folder_.socketIdentity();
        awaitItsEnd();
        follower_.emplace(folder_.path());
        spdlog::info("redis-server {} {}", pid_, spawned ? "started" : "adopted");
        return {};
    }

    // The kernel tells when it ends; what it has forked may hold the lock a little longer.
    void awaitItsEnd() {
        process_.reset();
        const auto descriptor = static_cast<int>(::syscall(SYS_pidfd_open, pid_, 0));
        if (descriptor < 0) return;
        process_.emplace(io_, descriptor);
        process_->async_wait(Descriptor::wait_read,
                             [self = weak_from_this()](const boost::system::error_code& error) {
                                 const auto alive = self.lock();
                                 if (error || !alive) return;
                                 alive->process_.reset();
                                 alive->timer_.cancel();
                             });
    }

    // Nothing happens while one lives that does not yet, or no longer, accept connections.
    Done startIfNoneLives(bool& spawned) {
        reap();
        const auto lock = folder_.claimForRedis();
        if (!lock || redisOf(folder_) != 0) return {};
        if (spawned) return failed("redis-server ended at once: see " + folder_.redisLog().string());
        if (auto why = folder_.whyNotWritable(); !why.empty()) return failed(std::move(why));
        const auto fit = makeAofReady(folder_.path());
        if (!fit) return fit;
        const auto pid = spawnRedis(options_.program, folder_, *lock);
        if (!pid) return failed(pid.error());
        pid_ = *pid;
        spawned = true;
        return {};
    }

    // It cannot be told to make another socket: it is ended, as it would be with the server.
    void endUnreachable() {
        const pid_t pid = redisOf(folder_);
        if (pid == 0 || !folder_.socketIdentity().empty() || std::exchange(unreachable_, pid) == pid) return;
        spdlog::warn("redis-server {} has lost its socket; it is ended, and started again", pid);
        ::kill(pid, SIGTERM);
    }

    // False: it does not end.
    Awaitable<bool> end() {
        if (pid_ <= 0 || !lives()) co_return true;
        ::kill(pid_, SIGTERM);
        const auto giveUp = Clock::now() + options_.stopTime;
        Timer timer(io_.get_executor());
        while (lives()) {
            if (Clock::now() > giveUp) co_return false;
            co_await pause(timer, 20ms);
        }
        ::waitpid(pid_, nullptr, 0);
        if (follower_) follower_->finish();
        co_return true;
    }

    Awaitable<void> watch([[maybe_unused]] std::shared_ptr<Impl> holdOfItsOwnObject) {
        auto backoff = options_.backoffMin;
        auto upSince = Clock::now();
        while (!stopping_) {
            co_await pause(timer_, process_ || !why_.empty() ? betweenLooks : 100ms);
            if (stopping_) break;
            checkDisk();
            if (lives()) {
                followFiles();
                if (folder_.socketIdentity() == socket_) continue;
                spdlog::warn("the socket of redis-server {} is gone", pid_);
                const bool ended = co_await end();
                if (!ended || stopping_) continue;
            }
            if (!canBeStarted()) continue;

            if (Clock::now() - upSince > backoff) backoff = options_.backoffMin;
            spdlog::warn("redis-server {} has ended; starting it again in {} ms", pid_, backoff.count());
            co_await pause(timer_, backoff);
            backoff = std::min(backoff * 2, options_.backoffMax);
            const Done up = co_await bringUp();
            if (!up && !stopping_) spdlog::error("{}", up.error().why);
            upSince = Clock::now();
        }
    }

    // A disk that is full, or takes no writes, is looked at until it does; that is said once.
    bool canBeStarted() {
        auto why = folder_.whyNotWritable();
        if (why != why_) {
            if (why.empty())
                spdlog::warn("the data folder can be written again");
            else
                spdlog::error("redis-server {} has ended, and waits: {}", pid_, why);
        }
        why_ = std::move(why);
        return why_.empty();
    }

    // One that was started by hand holds no lock.
    bool lives() {
        reap();
        return holdsLock_ ? !folder_.claimForRedis() : pid_ > 0 && ::kill(pid_, 0) == 0;
    }

    void reap() {
        if (pid_ > 0) ::waitpid(pid_, nullptr, WNOHANG);
    }

    void checkDisk() {
        if (Clock::now() < nextDiskCheck_) return;
        nextDiskCheck_ = Clock::now() + betweenLooks;
        const auto space = DataFolder::spaceOf(folder_.path());
        const bool low = space && space->isShort(options_.diskReserve);
        if (low != diskLow_.exchange(low))
            spdlog::warn("disk space of the data folder is {}", low ? "low" : "back");
    }

    void followFiles() {
        if (Clock::now() < nextFollowing_) return;
        nextFollowing_ = Clock::now() + betweenFollowings;
        if (follower_) follower_->follow();
    }

    net::io_context& io_;
    const DataFolder& folder_;
    const Options options_;
    Timer timer_;
    std::optional<Descriptor> process_;  // its pidfd, while it lives
    bool stopping_ = false;
    pid_t pid_ = 0;
    bool holdsLock_ = true;
    std::string socket_;     // its identity, as long as it is the one that Redis listens on
    pid_t unreachable_ = 0;  // was asked to end
    std::string why_;        // it cannot be started
    Probe::State told_ = Probe::State::absent;
    std::optional<AofFollower> follower_;
    Clock::time_point nextDiskCheck_{}, nextFollowing_{};
    std::atomic<bool> diskLow_ = false;
};

Supervisor::Supervisor(net::io_context& io, const DataFolder& folder, Options options)
    : impl_(std::make_shared<Impl>(io, folder, std::move(options))) {}

Supervisor::~Supervisor() {
    impl_->leave();
}

Awaitable<tl::expected<void, StoreFailure>> Supervisor::start() {
    return impl_->start();
}
void Supervisor::giveUp() {
    impl_->leave();
}
Awaitable<void> Supervisor::stop() {
    return impl_->stop();
}
pid_t Supervisor::pid() const {
    return impl_->pid();
}
bool Supervisor::diskLow() const {
    return impl_->diskLow();
}

}  // namespace placette::redis
