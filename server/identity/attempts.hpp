// Limits failed sign-ins, so that guessing costs who guesses, and not the owner of the account: where one
// comes from is limited, and of an account all that is not known there; a device that has signed in to it
// before has a measure of its own. Counted in this process: nobody's address is written anywhere.
// Thread-safe; one object for the whole process.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "placette/domain/problem.hpp"

namespace placette::identity {

// Who tries to sign in.
struct Guest {
    std::string account;
    std::string network{};  // an IPv4 address, or what one subscriber has of IPv6; empty: it tells nothing
    std::string device{};   // what has signed in to this account before; empty: unknown here
};

class Attempts {
public:
    using Clock = std::chrono::steady_clock;

    // Of one device; or of one account from one network. A network may fail three times as often, for several
    // people share it, and all strangers together ten times as often at one account. nullopt: no limit.
    explicit Attempts(std::optional<int> perMinute) : perMinute_(perMinute) {}

    // It counts from the start, so that guesses made side by side are all seen, and no longer counts once it
    // ends without having failed.
    class Attempt {
    public:
        Attempt(Attempts& owner, std::vector<std::string> counted)
            : owner_(&owner), counted_(std::move(counted)) {}
        Attempt(Attempt&& other) noexcept;
        Attempt& operator=(Attempt&&) = delete;
        ~Attempt();
        void failed() { owner_ = nullptr; }

    private:
        Attempts* owner_;  // null: moved from, or failed
        std::vector<std::string> counted_;
    };
    // `rate_limited` with retryAfter.
    Result<Attempt> begin(const Guest&, Clock::time_point now = Clock::now());

private:
    struct Window {
        int count = 0;
        Clock::time_point ends{};
    };

    void forget(const std::vector<std::string>& counted);

    const std::optional<int> perMinute_;
    std::mutex mutex_;
    std::map<std::string, Window> windows_;
};

}  // namespace placette::identity
