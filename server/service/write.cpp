#include "service/write.hpp"

#include <utility>

#include "protocol/json_text.hpp"
#include "service/fingerprint.hpp"
#include "service/ulid.hpp"

namespace placette::service {

Instant now() {
    return date::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

SameEpoch::SameEpoch(const Environment& environment, std::string territory)
    : environment_(environment),
      territory_(std::move(territory)),
      epoch_(environment.hub.epoch(territory_)) {}

std::optional<Problem> SameEpoch::before() const {
    if (environment_.hub.storeAvailable()) return std::nullopt;
    return Problem{ProblemType::store_unavailable};
}

std::optional<Problem> SameEpoch::after() const {
    if (epoch_.empty() || environment_.hub.epoch(territory_) == epoch_) return std::nullopt;
    return Problem{ProblemType::outcome_unknown};
}

WriteHeader headerOf(const Environment& environment, const Caller& caller, const Call& call) {
    const auto params = call.params.value();
    std::string_view key;
    if (params.at_key("key").get(key) != simdjson::SUCCESS) key = {};
    std::vector<std::string_view> without(call.method.secret.begin(), call.method.secret.end());
    without.emplace_back("key");
    auto print = fingerprint(call.method.name, params, environment.fingerprints, without);
    return {caller.account->id, std::string(key), std::move(print), newUlid(now())};
}

Awaitable<Result<Outcome>> write(Environment& environment, Caller& caller, Turn turn, std::string territory,
                                 WriteHeader header, Result<Command> command) {
    const bool refused = !command;
    Command sent = refused ? Command(FindReplay{}) : std::move(*command);
    co_await turn.come();
    const SameEpoch epoch(environment, territory);
    if (auto lost = epoch.before()) co_return tl::unexpected(std::move(*lost));
    turn.end();  // nothing else runs on this thread before the command is sent
    auto outcome = co_await environment.store.execute(territory, std::move(header), std::move(sent));
    if (!outcome) co_return outcome;
    if (auto other = epoch.after()) co_return tl::unexpected(std::move(*other));
    if (refused && !outcome->replayed) co_return tl::unexpected(command.error());
    caller.wrote(territory, environment.hub.epoch(territory), outcome->offset);
    co_return outcome;
}

void endAnswer(std::string& out, const Environment& environment, const std::string& territory,
               const Outcome& outcome) {
    const auto epoch = environment.hub.epoch(territory);
    if (!epoch.empty()) encode::append(out, R"(,"epoch":")", epoch, R"(","offset":)", outcome.offset);
    if (outcome.replayed) out += R"(,"replayed":true)";
    out += '}';
}

}  // namespace placette::service
