#include "peer_dialects.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace load {

namespace {

// Of the size and form of Placette's `board.delta` for one cell.
std::string delta_text(Number number) {
    std::string text =
        R"({"jsonrpc":"2.0","method":"board.delta","params":{"subscription":"d9ec887dca61d5c840d62c045e0fd099",)"
        R"("epoch":"3fea0f0a800e212f","from":)";
    text.append(std::to_string(number - 1)).append(R"(,"offset":)").append(std::to_string(number));
    return text.append(
        R"(,"cells":[{"facility":"genlis-lucioles","date":"2026-11-26","period":"matin","section":"moyens",)"
        R"("open":8,"reserved":0,"vip":0,"other":0,"held":0,"free":{"vip":8,"other":8},"overcommitted":false,)"
        R"("closed":false,"confirmedAt":"2026-11-25T03:42:13Z","staleAt":"2026-11-25T23:00:00Z","version":7}]}})");
}

std::uint64_t enough(std::uint64_t length) {
    return std::min<std::uint64_t>(length, 256);
}

void hear_change(std::string_view text, Hearer& hearer) {
    std::size_t position = 0;
    if (const auto number = number_after("\"offset\":", text, position)) hearer.changes(number - 1, number);
}

}  // namespace

std::string PlainDialect::upgrade(std::string_view host) const {
    return upgrade_request(host, path_, "");
}
std::uint64_t PlainDialect::needed(std::string_view, std::uint64_t length) const {
    return enough(length);
}
void PlainDialect::read(std::string_view message, std::string&, Hearer& hearer) {
    hear_change(message, hearer);
}
std::string PlainDialect::change(Number number) {
    return delta_text(number);
}

std::string SocketIoDialect::upgrade(std::string_view host) const {
    return upgrade_request(host, "/socket.io/?EIO=4&transport=websocket", "");
}

std::uint64_t SocketIoDialect::needed(std::string_view, std::uint64_t length) const {
    return enough(length);
}

void SocketIoDialect::read(std::string_view message, std::string&, Hearer& hearer) {
    constexpr std::string_view open = "0", ping = "2", pong = "3", connect = "40", refused = "44",
                               event = "42";
    if (message.starts_with(event)) {
        hear_change(message, hearer);
    } else if (message.starts_with(connect)) {
        hearer.ready(0, false);
    } else if (message.starts_with(refused)) {
        throw std::runtime_error("Socket.IO answers " + std::string(message));
    } else if (message.starts_with(open)) {
        hearer.answer(connect);
    } else if (message == ping) {
        hearer.answer(pong);
    }
}

std::string SocketIoDialect::change(Number number) {
    return R"(42["publish",)" + delta_text(number) + "]";
}

std::string NatsDialect::upgrade(std::string_view host) const {
    return upgrade_request(host, "/", "");
}

// PONG comes when all that was said before is done.
std::string NatsDialect::greeting(std::optional<Number>) const {
    const std::string connect = R"(CONNECT {"verbose":false,"pedantic":false,"lang":"placette-load"})"
                                "\r\n";
    return connect + (role_ == Role::watcher ? "SUB board 1\r\nPING\r\n" : "PING\r\n");
}

void NatsDialect::read(std::string_view message, std::string& kept, Hearer& hearer) {
    const bool continues = !kept.empty();
    if (continues) kept += message;
    std::string_view stream = continues ? kept : message;
    while (const auto taken = read_one(stream, hearer)) stream.remove_prefix(taken);
    kept = std::string(stream);
}

// How many bytes it took: 0 if there is not all of it yet.
std::size_t NatsDialect::read_one(std::string_view stream, Hearer& hearer) {
    constexpr std::size_t line_end = 2;
    const auto end = stream.find("\r\n");
    if (end == stream.npos) return 0;
    const auto line = stream.substr(0, end);
    auto taken = end + line_end;
    if (line.starts_with("MSG ")) {
        std::size_t size = 0;
        std::from_chars(line.data() + line.rfind(' ') + 1, line.data() + line.size(), size);
        if (stream.size() < taken + size + line_end) return 0;
        hear_change(stream.substr(taken, enough(size)), hearer);
        taken += size + line_end;
    } else if (line == "PING") {
        hearer.answer("PONG\r\n");
    } else if (line == "PONG") {
        hearer.ready(0, false);
    } else if (line.starts_with("-ERR")) {
        throw std::runtime_error("NATS answers " + std::string(line));
    }
    return taken;
}

std::string NatsDialect::change(Number number) {
    const auto text = delta_text(number);
    return "PUB board " + std::to_string(text.size()) + "\r\n" + text + "\r\n";
}

}  // namespace load
