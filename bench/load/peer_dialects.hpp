// The peers: each delivers every change by itself, numbered by the publisher.
#pragma once

#include "dialect.hpp"

namespace load {

// Nothing but the changes, as texts: ws and nchan.
class PlainDialect : public PublisherDialect {
public:
    explicit PlainDialect(std::string path) : path_(std::move(path)) {}

    std::string upgrade(std::string_view host) const override;
    bool ready_at_once() const override { return true; }
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void read(std::string_view message, std::string& kept, Hearer&) override;
    std::string change(Number) override;

private:
    std::string path_;
};

// Engine.IO 4 over a WebSocket, and Socket.IO 5 in it.
class SocketIoDialect : public PublisherDialect {
public:
    std::string upgrade(std::string_view host) const override;
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override;
    void read(std::string_view message, std::string& kept, Hearer&) override;
    std::string change(Number) override;
};

// A stream of lines and payloads, cut into frames anywhere.
class NatsDialect : public PublisherDialect {
public:
    enum class Role : std::uint8_t { watcher, publisher };
    explicit NatsDialect(Role role) : role_(role) {}

    std::string upgrade(std::string_view host) const override;
    std::string greeting(std::optional<Number>) const override;
    Opcode opcode() const override { return Opcode::binary; }
    void read(std::string_view message, std::string& kept, Hearer&) override;
    std::string change(Number) override;

private:
    static std::size_t read_one(std::string_view stream, Hearer&);

    Role role_;
};

}  // namespace load
