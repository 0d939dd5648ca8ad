// What each dialect finds in what a server says, however it comes.
#include "dialect.hpp"

#include <catch2/catch.hpp>
#include <vector>

#include "peer_dialects.hpp"
#include "placette_dialect.hpp"

namespace load {

namespace {

struct Heard final : Hearer {
    void ready(Number offset, bool recovered) override {
        readies.push_back(offset);
        recovered_ = recovered;
    }
    void changes(Number from, Number to) override { spans.emplace_back(from, to); }
    void made() override { ++acknowledged; }
    void answer(std::string_view text) override { answers.emplace_back(text); }

    std::vector<Number> readies;
    bool recovered_ = false;
    std::vector<std::pair<Number, Number>> spans;
    int acknowledged = 0;
    std::vector<std::string> answers;
};

using Spans = std::vector<std::pair<Number, Number>>;

std::string delta(int from, int to) {
    return R"({"jsonrpc":"2.0","method":"board.delta","params":{"subscription":"s","epoch":"e","from":)" +
           std::to_string(from) + R"(,"offset":)" + std::to_string(to) + R"(,"cells":[{"facility":"f"}]}})";
}

}  // namespace

TEST_CASE("Placette: deltas, merged and in a batch; a reply") {
    const Options options;
    PlacetteWatcher watcher(options);
    Heard heard;
    std::string kept;
    watcher.read(delta(2, 3), kept, heard);
    watcher.read(delta(3, 40), kept, heard);
    watcher.read(std::string("[") + delta(40, 41) + "," + delta(41, 42) + "]", kept, heard);
    CHECK(heard.spans == Spans{{2, 3}, {3, 40}, {40, 41}, {41, 42}});

    watcher.read(
        R"({"jsonrpc":"2.0","id":1,"result":{"subscription":"s","recovered":true,"epoch":"e","offset":7,"asOf":)",
        kept, heard);
    CHECK(heard.readies == std::vector<Number>{7});
    CHECK(heard.recovered_);
    CHECK(watcher.greeting(9).find(R"("since":{"epoch":"e","offset":9})") != std::string::npos);
    CHECK_THROWS(watcher.read(R"({"jsonrpc":"2.0","id":1,"error":{"code":-32000}})", kept, heard));
    CHECK_THROWS(watcher.read(R"({"jsonrpc":"2.0","method":"board.reset","params":{}})", kept, heard));
}

TEST_CASE("Placette: of a delta the head is enough, of a batch all is needed") {
    const Options options;
    const PlacetteWatcher watcher(options);
    CHECK(watcher.needed("", 100'000) < 1000);
    CHECK(watcher.needed("{", 100'000) < 1000);
    CHECK(watcher.needed("{", 10) == 10);
    CHECK(watcher.needed("[", 100'000) == 100'000);
}

TEST_CASE("NATS: a stream, cut anywhere") {
    NatsDialect publisher(NatsDialect::Role::publisher);
    std::string stream = "INFO {}\r\nPONG\r\n";
    for (Number number = 1; number <= 3; ++number) {
        auto message = publisher.change(number);
        REQUIRE(message.starts_with("PUB board "));
        stream += "MSG board 1 " + message.substr(10);
    }
    stream += "PING\r\n";

    NatsDialect watcher(NatsDialect::Role::watcher);
    for (std::size_t step = 1; step <= stream.size(); ++step) {
        Heard heard;
        std::string kept;
        for (std::size_t at = 0; at < stream.size(); at += step)
            watcher.read(stream.substr(at, step), kept, heard);
        REQUIRE(heard.spans == Spans{{0, 1}, {1, 2}, {2, 3}});
        REQUIRE(heard.readies.size() == 1);
        REQUIRE(heard.answers == std::vector<std::string>{"PONG\r\n"});
        REQUIRE(kept.empty());
    }
}

TEST_CASE("Socket.IO: opens, connects, is pinged, hears") {
    SocketIoDialect dialect;
    Heard heard;
    std::string kept;
    dialect.read(R"(0{"sid":"a"})", kept, heard);
    dialect.read(R"(40{"sid":"b"})", kept, heard);
    dialect.read("2", kept, heard);
    dialect.read(R"(42["delta",{"from":4,"offset":5,"cells":[]}])", kept, heard);
    CHECK(heard.answers == std::vector<std::string>{"40", "3"});
    CHECK(heard.readies.size() == 1);
    CHECK(heard.spans == Spans{{4, 5}});
}

TEST_CASE("ws and nchan: the publisher's text is what a watcher understands") {
    PlainDialect dialect("/");
    Heard heard;
    std::string kept;
    const auto text = dialect.change(123);
    CHECK(text.size() == Approx(440).epsilon(0.05));
    dialect.read(text.substr(0, dialect.needed(text, text.size())), kept, heard);
    dialect.read("queued messages: 1", kept, heard);
    CHECK(heard.spans == Spans{{122, 123}});
}

}  // namespace load
