// The rate of calls, by who calls: a session, whose measure it brings; and beside it all
// sessions of an account, and all that comes from a network, for one may open many connections.
#pragma once

#include <map>
#include <mutex>
#include <string>

#include "net/rate.hpp"
#include "placette/domain/problem.hpp"

namespace placette::net {

struct Who {
    std::string account, network;  // empty: not known, not counted
};

class Rates {
public:
    explicit Rates(std::optional<int> perSecond) : perSecond_(perSecond) {}

    // `rate_limited` where one of them is out of its measure.
    std::optional<Problem> refusal(Rate& own, const Who& who, std::size_t calls,
                                   Rate::Clock::time_point now = Rate::Clock::now()) {
        if (!perSecond_) return std::nullopt;
        const std::lock_guard lock(mutex_);
        for (auto* rate : {&own, of(accounts_, who.account, sessionsOfAnAccount, now),
                           of(networks_, who.network, sessionsOfANetwork, now)}) {
            if (!rate || rate->take(now, calls)) continue;
            Problem problem{ProblemType::rate_limited, "too many calls"};
            problem.retryAfter = rate->wait();
            return problem;
        }
        return std::nullopt;
    }

private:
    using Known = std::map<std::string, Rate, std::less<>>;

    static constexpr int sessionsOfAnAccount = 4, sessionsOfANetwork = 20;
    static constexpr std::size_t tidyAbove = 10'000;

    Rate* of(Known& known, const std::string& name, int times, Rate::Clock::time_point now) {
        if (name.empty()) return nullptr;
        if (known.size() > tidyAbove)
            std::erase_if(known, [now](const auto& entry) { return entry.second.idle(now); });
        return &known.try_emplace(name, *perSecond_ * times).first->second;
    }

    const std::optional<int> perSecond_;
    std::mutex mutex_;
    Known accounts_, networks_;
};

}  // namespace placette::net
