// The watchers: they connect, a few at a time, subscribe, and write into the ledger what reaches them.
#pragma once

#include <deque>

#include "connection.hpp"
#include "dialect.hpp"
#include "loop.hpp"

namespace load {

class Crowd;

class Watcher : public Connection, private Hearer {
public:
    explicit Watcher(Crowd& crowd) : crowd_(crowd) {}

private:
    void opened() override;
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void received(std::string_view start, std::uint64_t length, Nanos at) override;

    void ready(Number offset) override;
    void changes(Number from, Number to) override;
    void answer(std::string_view text) override;

    Crowd& crowd_;
    std::string kept_;
    Number at_ = 0;
    Nanos now_ = 0;
};

class Crowd {
public:
    // Offsets start at `base` for the ledger.
    Crowd(Loop& loop, Dialect& dialect, Ledger& ledger, const sockaddr_in& address, Number base);

    void gather(std::size_t count);  // so many more, all subscribed

private:
    friend class Watcher;

    Loop& loop_;
    Dialect& dialect_;
    Ledger& ledger_;
    sockaddr_in address_;
    std::string upgrade_;
    Number base_;
    std::deque<Watcher> watchers_;
    std::size_t ready_ = 0;
};

}  // namespace load
