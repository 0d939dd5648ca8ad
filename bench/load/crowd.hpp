// The watchers: they connect, a few at a time, subscribe, and write into the ledger what reaches them.
#pragma once

#include <deque>
#include <optional>

#include "connection.hpp"
#include "dialect.hpp"
#include "loop.hpp"

namespace load {

class Crowd;

class Watcher : public Connection, private Hearer {
public:
    explicit Watcher(Crowd& crowd) : crowd_(crowd) {}

    void come_back(Nanos at);  // after a cut; it goes on from where it stood

private:
    void opened() override;
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void received(std::string_view start, std::uint64_t length, Nanos at) override;

    void ready(Number offset, bool recovered) override;
    void changes(Number from, Number to) override;
    void made() override {}
    void answer(std::string_view text) override;

    Crowd& crowd_;
    std::string kept_;
    bool joined_ = false;
    Number at_ = 0;
    Nanos now_ = 0;
    std::optional<Nanos> came_back_;  // until it stands at the last change
};

class Crowd {
public:
    Crowd(Loop& loop, Dialect& dialect, Ledger& ledger, const sockaddr_in& address);

    void gather(std::size_t count);  // so many more, all subscribed

    void cut();
    // Each after a pause of at most `jitter`, drawn by chance; true: all stand at the last change in time.
    bool come_back(Nanos jitter, Nanos patience);

    std::size_t recovered = 0, snapshots = 0;  // the answers to those who came back
    Histogram back;  // from an attempt to connect until it stands at the last change

private:
    friend class Watcher;

    Number number(Number offset);

    Loop& loop_;
    Dialect& dialect_;
    Ledger& ledger_;
    sockaddr_in address_;
    std::string upgrade_;
    std::optional<Number> base_;  // the offset before the first change
    std::deque<Watcher> watchers_;
    std::size_t ready_ = 0;
};

}  // namespace load
