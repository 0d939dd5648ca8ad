// The connections that make changes: one, or several in turn.
#pragma once

#include <deque>

#include "connection.hpp"
#include "dialect.hpp"

namespace load {

class Publisher : public Connection, private Hearer {
public:
    Publisher(PublisherDialect& dialect, Ledger& ledger) : dialect_(dialect), ledger_(ledger) {}

    void change(Nanos at);  // queues the next one: to be flushed
    bool is_ready() const { return ready_; }
    Number acknowledged() const { return acknowledged_; }  // so many changes

private:
    void opened() override;
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void received(std::string_view start, std::uint64_t length, Nanos at) override;

    void ready(Number, bool) override { ready_ = true; }
    void changes(Number, Number) override {}
    void made() override { ++acknowledged_; }
    void answer(std::string_view text) override;

    PublisherDialect& dialect_;
    Ledger& ledger_;
    std::string kept_;
    bool ready_ = false;
    Number acknowledged_ = 0;
};

// Changes of several may be applied in another order than they were sent in. They are known by their order in
// the log: an age may be that of a neighbour.
class Publishers {
public:
    Publishers(PublisherDialect&, Ledger&, std::size_t count);

    void connect(int epoll, const sockaddr_in&, const std::string& upgrade);
    void change(Nanos at);
    void flush();
    bool are_ready() const;
    Number acknowledged() const;

private:
    std::deque<Publisher> all_;
    std::size_t next_ = 0;
};

}  // namespace load
