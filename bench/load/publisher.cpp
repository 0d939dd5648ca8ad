#include "publisher.hpp"

namespace load {

void Publisher::change(Nanos at) {
    queue(dialect_.opcode(), dialect_.change(ledger_.send(at)));
}

void Publisher::opened() {
    if (const auto greeting = dialect_.greeting(); !greeting.empty()) {
        answer(greeting);
    } else {
        ready(0);
    }
}

std::uint64_t Publisher::needed(std::string_view start, std::uint64_t length) const {
    return dialect_.needed(start, length);
}

void Publisher::received(std::string_view start, std::uint64_t, Nanos) {
    dialect_.read(start, kept_, *this);
}

void Publisher::ready(Number offset) {
    base_ = offset;
    ready_ = true;
}

void Publisher::answer(std::string_view text) {
    queue(dialect_.opcode(), text);
    flush();
}

}  // namespace load
