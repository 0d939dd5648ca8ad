// A client that always has one booking in flight.
#pragma once

#include <functional>
#include <string>

#include "connection.hpp"

namespace load {

class Booker : public Connection {
public:
    using Answered = std::function<void(std::string_view answer, Nanos took)>;
    Booker(std::function<std::string()> next_call, Answered answered)
        : next_call_(std::move(next_call)), answered_(std::move(answered)) {}

private:
    void opened() override { book(); }
    std::uint64_t needed(std::string_view, std::uint64_t length) const override { return length; }

    void received(std::string_view answer, std::uint64_t, Nanos at) override {
        answered_(answer, at - asked_);
        book();
    }

    void book() {
        asked_ = now();
        queue(Opcode::text, next_call_());
        flush();
    }

    std::function<std::string()> next_call_;
    Answered answered_;
    Nanos asked_ = 0;
};

}  // namespace load
