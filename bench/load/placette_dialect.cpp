#include "placette_dialect.hpp"

#include <algorithm>
#include <chrono>
#include <nlohmann/json.hpp>
#include <stdexcept>

namespace load {

namespace {

using Json = nlohmann::json;

constexpr int days = 14;
constexpr std::string_view reply_start = R"({"jsonrpc":"2.0","id":)";

Json request(int id, const char* method, Json params) {
    return {{"jsonrpc", "2.0"}, {"id", id}, {"method", method}, {"params", std::move(params)}};
}

Json board(const Options& options) {
    return {{"territory", options.territory}, {"from", options.from}, {"days", days}};
}

// Such a word comes first in a message, or not at all.
void refuse(std::string_view word, std::string_view message) {
    constexpr std::size_t enough = 128;
    if (find_text(message.substr(0, enough), word, 0) != message.npos)
        throw std::runtime_error("Placette says " + std::string(message));
}

}  // namespace

std::string upgrade_to_placette(std::string_view host, const std::string& token) {
    return upgrade_request(host, "/ws",
                           "Sec-WebSocket-Protocol: placette.v1\r\nAuthorization: Bearer " + token + "\r\n");
}

std::string PlacetteWatcher::upgrade(std::string_view host) const {
    return upgrade_to_placette(host, options_.token);
}

std::string PlacetteWatcher::greeting(std::optional<Number> stood) const {
    auto params = board(options_);
    if (stood) params["since"] = {{"epoch", epoch_}, {"offset", *stood}};
    return request(1, "board.subscribe", std::move(params)).dump();
}

std::uint64_t PlacetteWatcher::needed(std::string_view start, std::uint64_t length) const {
    constexpr std::uint64_t head = 512;  // offsets come before cells
    const bool batch = start.starts_with('[');
    return batch ? length : std::min(length, head);
}

void PlacetteWatcher::read(std::string_view message, std::string&, Hearer& hearer) {
    constexpr std::string_view delta = R"("method":"board.delta")";
    if (message.starts_with(reply_start)) return read_reply(message, hearer);
    refuse(R"("board.reset")", message);
    std::size_t position = 0;
    while ((position = find_text(message, delta, position)) != message.npos) {
        const auto from = number_after("\"from\":", message, position);
        const auto to = number_after("\"offset\":", message, position);
        hearer.changes(from, to);
    }
}

void PlacetteWatcher::read_reply(std::string_view reply, Hearer& hearer) {
    constexpr std::string_view name = R"("epoch":")";
    refuse(R"("error":)", reply);
    auto position = find_text(reply, name, 0);
    if (position == reply.npos) throw std::runtime_error("not understood: " + std::string(reply));
    position += name.size();
    epoch_ = reply.substr(position, reply.find('"', position) - position);
    const bool recovered = find_text(reply, R"("recovered":true)", 0) != reply.npos;
    hearer.ready(number_after("\"offset\":", reply, position), recovered);
}

PlacettePublisher::PlacettePublisher(const Options& options)
    : options_(options), run_(std::to_string(std::chrono::system_clock::now().time_since_epoch().count())) {}

std::string PlacettePublisher::upgrade(std::string_view host) const {
    return upgrade_to_placette(host, options_.writer_token);
}

std::string PlacettePublisher::greeting(std::optional<Number>) const {
    return Json::array({request(1, "session.hello", {{"client", "placette-load"}, {"version", "1"}}),
                        request(2, "board.get", board(options_))})
        .dump();
}

void PlacettePublisher::read(std::string_view message, std::string&, Hearer& hearer) {
    if (message.starts_with('[')) {
        read_board(message, hearer);
    } else if (message.starts_with(reply_start)) {
        refuse(R"("error":)", message);
        hearer.made();
    }
}

void PlacettePublisher::read_board(std::string_view answers, Hearer& hearer) {
    auto parsed = Json::parse(answers);
    std::sort(parsed.begin(), parsed.end(), [](auto& a, auto& b) { return a.at("id") < b.at("id"); });
    for (const auto& answer : parsed) refuse(R"("error":)", answer.dump());

    const auto& own = parsed[0]["result"]["user"]["facilities"];
    const auto& board = parsed[1]["result"];
    cells_.clear();
    for (const auto& cell : board["cells"]) {
        const bool may_write =
            own.empty() || std::find(own.begin(), own.end(), cell["facility"]) != own.end();
        if (cells_.size() == options_.cells || !may_write || cell["closed"]) continue;
        const Json place = {{"date", cell["date"]}, {"period", cell["period"]}, {"section", cell["section"]}};
        auto text = R"(","facility":)" + cell["facility"].dump() + R"(,"cells":[)" + place.dump();
        text.pop_back();
        cells_.push_back(text + R"(,"by":)");
    }
    if (cells_.empty()) throw std::runtime_error("the writer may write no cell of this board");
    hearer.ready(board["offset"], false);
}

std::string PlacettePublisher::change(Number number) {
    const auto round = (number - 1) / cells_.size();
    std::string call = R"({"jsonrpc":"2.0","id":)" + std::to_string(number) +
                       R"(,"method":"availability.adjust","params":{"force":true,"key":")" + run_ + '-' +
                       std::to_string(number);
    return call.append(cells_[(number - 1) % cells_.size()]).append(round % 2 == 0 ? "1}]}}" : "-1}]}}");
}

}  // namespace load
