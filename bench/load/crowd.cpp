#include "crowd.hpp"

#include <stdexcept>

#include "address.hpp"

namespace load {

namespace {

constexpr std::size_t connecting_at_once = 256;
constexpr Nanos patience = 120 * second;

}  // namespace

void Watcher::opened() {
    if (const auto greeting = crowd_.dialect_.greeting(); !greeting.empty()) {
        answer(greeting);
    } else {
        ready(crowd_.base_);
    }
}

std::uint64_t Watcher::needed(std::string_view start, std::uint64_t length) const {
    return crowd_.dialect_.needed(start, length);
}

void Watcher::received(std::string_view start, std::uint64_t length, Nanos at) {
    const auto before = at_;
    now_ = at;
    crowd_.dialect_.read(start, kept_, *this);
    if (at_ > before) crowd_.ledger_.frame(at_, length, at);
}

void Watcher::ready(Number offset) {
    at_ = offset - crowd_.base_;
    crowd_.ledger_.join(at_);
    ++crowd_.ready_;
}

void Watcher::changes(Number from, Number to) {
    at_ = crowd_.ledger_.arrive(at_, from - crowd_.base_, to - crowd_.base_, now_);
}

void Watcher::answer(std::string_view text) {
    queue(crowd_.dialect_.opcode(), text);
    flush();
}

Crowd::Crowd(Loop& loop, Dialect& dialect, Ledger& ledger, const sockaddr_in& address, Number base)
    : loop_(loop),
      dialect_(dialect),
      ledger_(ledger),
      address_(address),
      upgrade_(dialect.upgrade(to_text(address))),
      base_(base) {}

void Crowd::gather(std::size_t count) {
    const auto all = watchers_.size() + count;
    const auto gathered = [&] {
        while (watchers_.size() < all && watchers_.size() < ready_ + connecting_at_once)
            watchers_.emplace_back(*this).connect(loop_.epoll(), address_, upgrade_);
        return ready_ == all;
    };
    if (!loop_.turn_until(now() + patience, gathered))
        throw std::runtime_error("the watchers did not all get in");
}

}  // namespace load
