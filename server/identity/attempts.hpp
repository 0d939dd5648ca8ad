// Limits failed sign-ins, per account and per address, in this process: nobody's address is written anywhere.
// Thread-safe; one object for the whole process.
#pragma once

#include <chrono>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "placette/domain/problem.hpp"

namespace placette::identity {

class Attempts {
public:
    using Clock = std::chrono::steady_clock;

    explicit Attempts(std::optional<int> perMinute) : perMinute_(perMinute) {}  // nullopt: no limit

    // One attempt. It counts against its account from the start, so that guesses made side by side are all
    // seen, and no longer counts once it ends without having failed.
    class Attempt {
    public:
        Attempt(Attempts& owner, std::string account, std::string address)
            : owner_(&owner), account_(std::move(account)), address_(std::move(address)) {}
        Attempt(Attempt&& other) noexcept;
        Attempt& operator=(Attempt&&) = delete;
        ~Attempt();
        void failed();

    private:
        Attempts* owner_;  // null: moved from, or failed
        std::string account_, address_;
    };
    // `rate_limited` with retryAfter. An empty address is not counted.
    Result<Attempt> begin(std::string account, std::string address, Clock::time_point now = Clock::now());

private:
    struct Window {
        int count = 0;
        Clock::time_point ends{};
    };
    using Windows = std::map<std::string, Window, std::less<>>;

    std::optional<Problem> refusalOf(const Windows&, const std::string& of, Clock::time_point now) const;
    Window& window(Windows&, const std::string& of, Clock::time_point now);
    static void forgetEnded(Windows&, Clock::time_point now);

    const std::optional<int> perMinute_;
    std::mutex mutex_;
    Windows accounts_, addresses_;
};

}  // namespace placette::identity
