#include "publisher.hpp"

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

}  // namespace load
