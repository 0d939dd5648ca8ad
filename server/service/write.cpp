#include "service/write.hpp"

#include <sodium.h>

#include <array>
#include <nlohmann/json.hpp>
#include <utility>

#include "protocol/json_text.hpp"

namespace placette::service {

namespace {

std::string hashed(const std::string& text) {
    std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
    crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(text.data()),
                       text.size(), nullptr, 0);
    std::string hex(2 * hash.size() + 1, '\0');
    sodium_bin2hex(hex.data(), hex.size(), hash.data(), hash.size());
    hex.pop_back();
    return hex;
}

}  // namespace

Instant now() {
    return date::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
}

WriteHeader headerOf(const Caller& caller, std::string_view method, nlohmann::json params) {
    auto key = params.value("key", "");
    params.erase("key");
    // Members of a tree are in the order of their names: the same parameters are the same text.
    return {caller.account->id, std::move(key), hashed(std::string(method) + params.dump())};
}

Awaitable<Result<Outcome>> write(Environment& environment, Caller& caller, Turn turn, std::string territory,
                                 WriteHeader header, Result<Command> command) {
    if (command && !environment.mayWrite())
        command = problem(ProblemType::store_unavailable, "little disk space is left");
    const bool refused = !command;
    Command sent = refused ? Command(FindReplay{}) : std::move(*command);
    co_await turn.come();
    turn.end();  // nothing else runs on this thread before the command is sent
    auto outcome = co_await environment.store.execute(territory, std::move(header), std::move(sent));
    if (!outcome) co_return outcome;
    if (refused && !outcome->replayed) co_return tl::unexpected(command.error());
    caller.saw(territory, outcome->offset);
    co_return outcome;
}

void endAnswer(std::string& out, const Environment& environment, const std::string& territory,
               const Outcome& outcome) {
    const auto epoch = environment.hub.epoch(territory);
    if (!epoch.empty()) {
        out += R"(,"epoch":)";
        encode::plain(out, epoch);
        out += R"(,"offset":)";
        encode::number(out, outcome.offset);
    }
    if (outcome.replayed) out += R"(,"replayed":true)";
    out += '}';
}

}  // namespace placette::service
