// What is said inside the WebSocket: what tells the targets apart.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "ledger.hpp"
#include "options.hpp"
#include "websocket.hpp"

namespace load {

// Who listens to what a dialect finds in a message.
class Hearer {
public:
    // `recovered`: it went on from where it stood.
    virtual void ready(Number offset, bool recovered) = 0;
    virtual void changes(Number from, Number to) = 0;  // those after `from`, up to `to`
    virtual void made() = 0;                           // a change of its own is acknowledged
    virtual void answer(std::string_view text) = 0;    // is to be sent back

protected:
    ~Hearer() = default;
};

class Dialect {
public:
    virtual ~Dialect() = default;

    virtual std::string upgrade(std::string_view host) const = 0;
    // Said once the WebSocket is open; `stood`: where one stood who comes back.
    virtual std::string greeting(std::optional<Number> /*stood*/) const { return {}; }
    virtual bool ready_at_once() const { return false; }
    virtual Opcode opcode() const { return Opcode::text; }
    // How much of a message `read` wants to see, when all of it has come; `start` is what is there.
    virtual std::uint64_t needed(std::string_view /*start*/, std::uint64_t length) const { return length; }
    // `kept` is the connection's own, for what goes on in the next message.
    virtual void read(std::string_view message, std::string& kept, Hearer&) = 0;
};

class PublisherDialect : public Dialect {
public:
    virtual std::string change(Number) = 0;
};

std::unique_ptr<Dialect> watcher_dialect(const Options&);
std::unique_ptr<PublisherDialect> publisher_dialect(const Options&);

// The number after `name`, looked for from `position` on, which then stands behind it; 0 if it is not there,
// and `position` is npos.
Number number_after(std::string_view name, std::string_view text, std::size_t& position);

// As `text.find` does; much faster where the first character is a frequent one.
std::size_t find_text(std::string_view text, std::string_view what, std::size_t position);

}  // namespace load
