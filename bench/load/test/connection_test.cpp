// A connection against a socket that says its bytes in pieces of any size.
#include "connection.hpp"

#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <vector>

#include "loop.hpp"

namespace load {

namespace {

constexpr std::uint64_t head = 8;

// Wants eight bytes of a message, unless it begins with '['.
class Client : public Connection {
public:
    std::vector<std::pair<std::string, std::uint64_t>> heard;
    bool is_open = false;

private:
    void opened() override { is_open = true; }
    std::uint64_t needed(std::string_view start, std::uint64_t length) const override {
        return start.starts_with('[') ? length : std::min(length, head);
    }
    void received(std::string_view start, std::uint64_t length, Nanos) override {
        const bool whole = start.starts_with('[');
        heard.emplace_back(start.substr(0, whole ? length : head), length);
    }
};

class Server {
public:
    Server() : listener_(socket(AF_INET, SOCK_STREAM, 0)) {
        address_.sin_family = AF_INET;
        address_.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address_;
        bind(listener_, reinterpret_cast<sockaddr*>(&address_), size);
        listen(listener_, 1);
        getsockname(listener_, reinterpret_cast<sockaddr*>(&address_), &size);
    }
    ~Server() {
        close(client_);
        close(listener_);
    }
    const sockaddr_in& address() const { return address_; }
    void take_client() { client_ = accept(listener_, nullptr, nullptr); }
    void say(std::string_view bytes) const { REQUIRE(send(client_, bytes.data(), bytes.size(), 0) > 0); }
    std::string hear() const {
        std::string bytes(4096, '\0');
        bytes.resize(static_cast<std::size_t>(recv(client_, bytes.data(), bytes.size(), 0)));
        return bytes;
    }

private:
    int listener_, client_ = -1;
    sockaddr_in address_{};
};

std::string frame(int opcode, const std::string& payload) {
    std::string bytes(1, static_cast<char>(0x80 | opcode));
    if (payload.size() < 126) {
        bytes += static_cast<char>(payload.size());
    } else {
        bytes += {126, static_cast<char>(payload.size() >> 8), static_cast<char>(payload.size())};
    }
    return bytes + payload;
}

constexpr int text = 1, close_frame = 8, ping = 9;

}  // namespace

TEST_CASE("messages are told, by as much as is wanted of them, whatever the pieces") {
    const std::string batch = "[" + std::string(300, 'b') + "]";
    const auto bytes = "HTTP/1.1 101 Switching Protocols\r\n\r\n" + frame(text, "short") +
                       frame(text, "longer than a head" + std::string(500, 'x')) + frame(text, "") +
                       frame(text, batch) + frame(text, "the last of all");
    for (const std::size_t step : {1UL, 2UL, 7UL, 100UL, bytes.size()}) {
        Server server;
        Loop loop;
        Client client;
        client.connect(loop.epoll(), server.address(), upgrade_request("host", "/", ""));
        server.take_client();
        for (std::size_t at = 0; at < bytes.size(); at += step) {
            server.say(bytes.substr(at, step));
            loop.turn_for(second / 10'000);
        }
        loop.turn_until(now() + second, [&] { return client.heard.size() == 5; });
        REQUIRE(client.heard.size() == 5);
        CHECK(client.heard[0] == std::pair<std::string, std::uint64_t>("short", 5));
        CHECK(client.heard[1] == std::pair<std::string, std::uint64_t>("longer t", 518));
        CHECK(client.heard[2] == std::pair<std::string, std::uint64_t>("", 0));
        CHECK(client.heard[3] == std::pair<std::string, std::uint64_t>(batch, batch.size()));
        CHECK(client.heard[4] == std::pair<std::string, std::uint64_t>("the last", 15));
    }
}

TEST_CASE("a message is told when its last byte is there, not before") {
    Server server;
    Loop loop;
    Client client;
    client.connect(loop.epoll(), server.address(), upgrade_request("host", "/", ""));
    server.take_client();
    server.say("HTTP/1.1 101 Switching Protocols\r\n\r\n" +
               frame(text, std::string(500, 'x')).substr(0, 503));
    loop.turn_until(now() + second, [&] { return client.is_open; });
    loop.turn_for(second / 100);
    CHECK(client.heard.empty());
    server.say("x");
    loop.turn_until(now() + second, [&] { return !client.heard.empty(); });
    CHECK(client.heard.size() == 1);
}

TEST_CASE("a ping is answered, a close and a refusal are failures") {
    Server server;
    Loop loop;
    Client client;
    client.connect(loop.epoll(), server.address(), upgrade_request("host", "/", ""));
    server.take_client();
    SECTION("ping, close") {
        server.say("HTTP/1.1 101 Switching Protocols\r\n\r\n" + frame(ping, "are you there"));
        loop.turn_until(now() + second, [&] { return client.is_open; });
        const auto heard = server.hear();
        CHECK(heard.starts_with("GET / HTTP/1.1\r\n"));
        CHECK(heard.ends_with("are you there"));
        server.say(frame(close_frame, "\x0f\xa1going"));
        CHECK_THROWS_WITH(loop.turn_for(second), Catch::Contains("4001 going"));
    }
    SECTION("refusal") {
        server.say("HTTP/1.1 403 Forbidden\r\n\r\n");
        CHECK_THROWS_WITH(loop.turn_for(second), Catch::Contains("403"));
    }
}

}  // namespace load
