#include "net/compressor.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <catch2/catch.hpp>
#include <optional>

using namespace placette;
using net::Compressor;

namespace {

Shared large(char letter) {
    return shared(std::string(100'000, letter));
}

net::Awaitable<void> compressInto(Compressor& compressor, Parts text,
                                  std::vector<std::optional<Parts>>& answers) {
    auto answer = co_await compressor.gzip(std::move(text));
    answers.push_back(std::move(answer));
}

std::vector<std::optional<Parts>> compressAll(Compressor& compressor, const std::vector<Parts>& texts) {
    net::asio::io_context context;
    std::vector<std::optional<Parts>> answers;
    for (const auto& text : texts) {
        auto work = compressInto(compressor, text, answers);
        net::asio::co_spawn(context, std::move(work), net::asio::detached);
    }
    context.run();
    return answers;
}

}  // namespace

TEST_CASE("what many share is compressed once, and what each adds beside it") {
    Compressor compressor;
    const auto cells = large('c');
    const auto answers = compressAll(compressor, {{shared("one"), cells}, {shared("two"), cells}, {cells}});
    REQUIRE(answers.size() == 3);
    CHECK(compressor.compressed() == 1);
    compressAll(compressor, {{shared("later"), cells}});
    CHECK(compressor.compressed() == 1);
}

TEST_CASE("what is small is compressed where it is") {
    Compressor compressor;
    const auto answers = compressAll(compressor, {{shared("a little")}, {}});
    REQUIRE(answers.size() == 2);
    for (const auto& answer : answers) CHECK(answer);
    CHECK(compressor.compressed() == 0);
}

TEST_CASE("what nobody has any more is not kept, and another at its place is another") {
    Compressor compressor;
    for (const char letter : {'a', 'b', 'c'}) compressAll(compressor, {{large(letter)}});
    CHECK(compressor.compressed() == 3);
    const auto kept = large('d');
    compressAll(compressor, {{kept}});
    CHECK(compressor.kept() == net::deflated(*kept)->bytes.size());
}

TEST_CASE("what is kept is bounded, and what was asked for last stays") {
    Compressor::Bounds bounds;
    bounds.keptBytes = 2 * net::deflated(*large('a'))->bytes.size();
    Compressor compressor(bounds);
    const std::vector texts{large('a'), large('b'), large('c')};
    for (const auto& text : texts) compressAll(compressor, {{text}});
    CHECK(compressor.kept() <= bounds.keptBytes);
    compressAll(compressor, {{texts[2]}, {texts[1]}});
    CHECK(compressor.compressed() == 3);
    compressAll(compressor, {{texts[0]}});
    CHECK(compressor.compressed() == 4);
}

TEST_CASE("who would wait too long is told at once") {
    Compressor::Bounds bounds;
    bounds.waiting = 0;
    Compressor compressor(bounds);
    const auto answers = compressAll(compressor, {{large('a')}});
    REQUIRE(answers.size() == 1);
    CHECK_FALSE(answers.front());
}
