#include "redis/store.hpp"

#include <spdlog/spdlog.h>

#include <stdexcept>

#include "redis/codec.hpp"
#include "redis/function_library.hpp"
#include "redis/history_text.hpp"
#include "redis/keys.hpp"

namespace placette::redis {
namespace {

using Answer = Result<Reply>;

Problem problemOf(Failure failure) {
    return {failure == Failure::unavailable ? ProblemType::store_unavailable : ProblemType::outcome_unknown};
}

// Redis tells its states by codes of their own (OOM, LOADING, MISCONF …), before it begins; ERR is a defect.
Answer answerOf(tl::expected<Reply, Failure> reply) {
    if (!reply) return tl::unexpected<Problem>(problemOf(reply.error()));
    if (reply->isError()) {
        spdlog::error("Redis refused a command: {}", reply->text);
        return problem(reply->text.starts_with("ERR") ? ProblemType::internal
                                                      : ProblemType::store_unavailable);
    }
    return std::move(*reply);
}

// What the store holds in another layout than this program knows is a defect, told as such.
template <class F>
auto decoded(F decode) -> Result<decltype(decode())> {
    try {
        return decode();
    } catch (const std::exception& error) {
        spdlog::error("unreadable answer of the store: {}", error.what());
        return problem(ProblemType::internal);
    }
}

std::vector<std::string> functionCall(FunctionCall call, const std::string& territory) {
    return words(std::move(call), functionPrefix(), keys::tag(territory));
}

std::optional<TerritoryDocument> documentFrom(Reply reply) {
    if (reply.items.empty()) return std::nullopt;
    TerritoryDocument document;
    for (std::size_t i = 0; i + 1 < reply.items.size(); i += 2)
        document.fields.emplace(std::move(reply.items[i].text), std::move(reply.items[i + 1].text));
    document.revision = document.fields.at("revision");
    return document;
}

}  // namespace

Awaitable<Result<Outcome>> Store::execute(std::string territory, WriteHeader header, Command command) {
    if (!mayWrite() && !std::holds_alternative<FindReplay>(command)) {
        Command find = FindReplay{};
        auto earlier = co_await execute(std::move(territory), std::move(header), std::move(find));
        if (earlier && !earlier->replayed)
            co_return problem(ProblemType::store_unavailable, "little disk space is left");
        co_return earlier;
    }
    const WritesUnderWay::One underWay(counted_);
    const auto asked = Clock::now();
    auto arguments = functionCall(encode(header, command), territory);
    auto answered = co_await client_.command(std::move(arguments));
    if (isLibraryMissing(answered)) {
        arguments = functionCall(encode(header, command), territory);
        answered = co_await loadAndCall(client_, std::move(arguments));
    }
    if (took_) took_(Clock::now() - asked);
    const auto reply = answerOf(std::move(answered));
    if (!reply) co_return tl::unexpected<Problem>(reply.error());
    auto outcome = decoded([&] { return decodeOutcome(reply->text); });
    co_return outcome ? std::move(*outcome) : tl::unexpected<Problem>(outcome.error());
}

Awaitable<Result<std::optional<Booking>>> Store::booking(std::string territory, std::string id) {
    std::vector<std::string> arguments{"GET", keys::booking(territory, id)};
    const auto reply = answerOf(co_await client_.command(std::move(arguments)));
    if (!reply) co_return tl::unexpected<Problem>(reply.error());
    if (reply->isNil()) co_return std::nullopt;
    co_return decoded([&] { return std::optional(decodeBooking(reply->text)); });
}

Awaitable<Result<BookingPage>> Store::bookings(std::string territory, BookingFilter filter) {
    auto arguments = functionCall(encode(filter), territory);
    auto answered = co_await client_.command(std::move(arguments));
    if (isLibraryMissing(answered)) {
        arguments = functionCall(encode(filter), territory);
        answered = co_await loadAndCall(client_, std::move(arguments));
    }
    const auto reply = answerOf(std::move(answered));
    if (!reply) co_return tl::unexpected<Problem>(reply.error());
    co_return decoded([&] { return decodePage(*reply); });
}

Awaitable<Result<std::vector<CountChange>>> Store::history(std::string territory, std::string facility,
                                                           Date date) {
    std::vector<std::vector<std::string>> one{
        {"LRANGE", keys::history(territory, facility, date), "-100", "-1"}};
    const auto replies = co_await ask(std::move(one));
    if (!replies) co_return tl::unexpected<Problem>(replies.error());
    const auto& lines = replies->front().items;
    std::vector<CountChange> changes;
    for (auto line = lines.rbegin(); line != lines.rend(); ++line)
        if (auto change = countChangeFrom(line->text)) changes.push_back(std::move(*change));
    co_return changes;
}

Awaitable<Result<std::vector<Reply>>> Store::ask(std::vector<std::vector<std::string>> commands) {
    auto replies = co_await client_.pipeline(std::move(commands));
    if (!replies) co_return tl::unexpected<Problem>(problemOf(replies.error()));
    for (auto& each : replies->items) {
        auto reply = answerOf(std::move(each));
        if (!reply) co_return tl::unexpected<Problem>(reply.error());
        each = std::move(*reply);
    }
    co_return std::move(replies->items);
}

Awaitable<Result<std::vector<std::string>>> Store::revisions(std::vector<std::string> territories) {
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : territories) commands.push_back({"HGET", keys::document(id), "revision"});
    auto replies = co_await ask(std::move(commands));
    if (!replies) co_return tl::unexpected<Problem>(replies.error());
    std::vector<std::string> present;
    for (auto& reply : *replies) present.push_back(std::move(reply.text));  // nil: empty
    co_return present;
}

Awaitable<Result<std::vector<std::optional<TerritoryDocument>>>> Store::territories(
    std::vector<std::string> ids) {
    std::vector<std::vector<std::string>> commands;
    for (const auto& id : ids) commands.push_back({"HGETALL", keys::document(id)});
    auto replies = co_await ask(std::move(commands));
    if (!replies) co_return tl::unexpected<Problem>(replies.error());
    co_return decoded([&] {
        std::vector<std::optional<TerritoryDocument>> present;
        for (auto& reply : *replies) present.push_back(documentFrom(std::move(reply)));
        return present;
    });
}

}  // namespace placette::redis
