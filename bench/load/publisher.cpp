#include "publisher.hpp"

#include <algorithm>

namespace load {

void Publisher::change(Nanos at) {
    queue(dialect_.opcode(), dialect_.change(ledger_.send(at)));
}

void Publisher::opened() {
    if (const auto greeting = dialect_.greeting(std::nullopt); !greeting.empty()) answer(greeting);
    if (dialect_.ready_at_once()) ready(0, false);
}

std::uint64_t Publisher::needed(std::string_view start, std::uint64_t length) const {
    return dialect_.needed(start, length);
}

void Publisher::received(std::string_view start, std::uint64_t, Nanos) {
    dialect_.read(start, kept_, *this);
}

void Publisher::answer(std::string_view text) {
    queue(dialect_.opcode(), text);
    flush();
}

Publishers::Publishers(PublisherDialect& dialect, Ledger& ledger, std::size_t count) {
    for (std::size_t n = 0; n < count; ++n) all_.emplace_back(dialect, ledger);
}

void Publishers::connect(int epoll, const sockaddr_in& address, const std::string& upgrade) {
    for (auto& each : all_) each.connect(epoll, address, upgrade);
}

void Publishers::change(Nanos at) {
    all_[next_].change(at);
    next_ = (next_ + 1) % all_.size();
}

void Publishers::flush() {
    for (auto& each : all_) each.flush();
}

bool Publishers::are_ready() const {
    return std::all_of(all_.begin(), all_.end(), [](const auto& each) { return each.is_ready(); });
}

Number Publishers::acknowledged() const {
    Number changes = 0;
    for (const auto& each : all_) changes += each.acknowledged();
    return changes;
}

}  // namespace load
