#include "crowd.hpp"

#include <algorithm>
#include <random>
#include <stdexcept>
#include <vector>

#include "address.hpp"

namespace load {

namespace {

constexpr std::size_t connecting_at_once = 256;
constexpr std::size_t coming_back_a_turn = 64;
constexpr Nanos patience_to_gather = 120 * second;

}  // namespace

void Watcher::opened() {
    const auto stood = came_back_ ? std::optional(*crowd_.base_ + at_) : std::nullopt;
    if (const auto greeting = crowd_.dialect_.greeting(stood); !greeting.empty()) answer(greeting);
    if (crowd_.dialect_.ready_at_once()) ready(0, false);
}

std::uint64_t Watcher::needed(std::string_view start, std::uint64_t length) const {
    return crowd_.dialect_.needed(start, length);
}

void Watcher::received(std::string_view start, std::uint64_t length, Nanos at) {
    const auto before = at_;
    now_ = at;
    crowd_.dialect_.read(start, kept_, *this);
    if (at_ > before) crowd_.ledger_.frame(at_, length, at);
    if (came_back_ && at_ == crowd_.ledger_.last_sent()) {
        crowd_.back.add(at - *came_back_);
        came_back_.reset();
    }
}

void Watcher::ready(Number offset, bool recovered) {
    const auto number = crowd_.number(offset);
    ++(recovered ? crowd_.recovered : crowd_.snapshots);
    if (joined_) {
        at_ = crowd_.ledger_.arrive(at_, at_, number, now_);
        return;
    }
    at_ = number;
    joined_ = true;
    crowd_.ledger_.join(at_);
    ++crowd_.ready_;
}

void Watcher::changes(Number from, Number to) {
    at_ = crowd_.ledger_.arrive(at_, crowd_.number(from), crowd_.number(to), now_);
}

void Watcher::answer(std::string_view text) {
    queue(crowd_.dialect_.opcode(), text);
    flush();
}

void Watcher::come_back(Nanos at) {
    came_back_ = at;
    kept_.clear();
    connect(crowd_.loop_.epoll(), crowd_.address_, crowd_.upgrade_);
}

Crowd::Crowd(Loop& loop, Dialect& dialect, Ledger& ledger, const sockaddr_in& address)
    : loop_(loop),
      dialect_(dialect),
      ledger_(ledger),
      address_(address),
      upgrade_(dialect.upgrade(to_text(address))) {}

Number Crowd::number(Number offset) {
    if (!base_) base_ = offset - ledger_.last_sent();
    return offset - *base_;
}

void Crowd::gather(std::size_t count) {
    const auto all = watchers_.size() + count;
    const auto gathered = [&] {
        while (watchers_.size() < all && watchers_.size() < ready_ + connecting_at_once)
            watchers_.emplace_back(*this).connect(loop_.epoll(), address_, upgrade_);
        return ready_ == all;
    };
    if (!loop_.turn_until(now() + patience_to_gather, gathered))
        throw std::runtime_error("only " + std::to_string(ready_) + " of the watchers got in");
}

void Crowd::cut() {
    for (auto& watcher : watchers_) watcher.cut();
}

bool Crowd::come_back(Nanos jitter, Nanos patience) {
    const auto start = now();
    std::minstd_rand chance;
    std::uniform_int_distribution<Nanos> pause(0, jitter);
    std::vector<Nanos> due(watchers_.size());
    std::generate(due.begin(), due.end(), [&] { return start + pause(chance); });
    std::sort(due.begin(), due.end());

    recovered = snapshots = 0;
    std::size_t next = 0;
    loop_.set_pace([&](Nanos time) {
        for (auto left = coming_back_a_turn; left > 0 && next < due.size() && due[next] <= time;
             --left, ++next)
            watchers_[next].come_back(time);
        return next < due.size() ? due[next] : never;
    });
    const bool done =
        loop_.turn_until(start + patience, [&] { return ledger_.everywhere() == ledger_.last_sent(); });
    loop_.set_pace([](Nanos) { return never; });
    return done;
}

}  // namespace load
