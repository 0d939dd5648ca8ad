#include "shrinking.hpp"

#include <algorithm>
#include <map>
#include <span>

namespace placette::test {
namespace {

// A document is put upon the one before it: who followed one that goes follows the one before that.
void putUponTheOneBefore(std::vector<Step>& rest, std::span<const Step> gone) {
    std::map<std::string, std::string> before;
    const auto relinked = [&](std::string& revision) {
        if (const auto found = before.find(revision); found != before.end()) revision = found->second;
    };
    for (const auto& step : gone)
        if (const auto* put = std::get_if<PutTerritory>(&step.command)) {
            auto revision = put->expectedRevision;
            relinked(revision);
            before[put->revision] = revision;
        }
    for (auto& step : rest)
        if (auto* put = std::get_if<PutTerritory>(&step.command)) relinked(put->expectedRevision);
}

std::vector<Step> without(const std::vector<Step>& steps, std::size_t from, std::size_t count) {
    const auto begin = steps.begin() + static_cast<std::ptrdiff_t>(from);
    const auto end = steps.begin() + static_cast<std::ptrdiff_t>(std::min(from + count, steps.size()));
    std::vector<Step> rest(steps.begin(), begin);
    rest.insert(rest.end(), end, steps.end());
    putUponTheOneBefore(rest, {begin, end});
    return rest;
}

}  // namespace

std::optional<Failed> replay(const RedisServer& server, const redis::FunctionLibrary& library,
                             const std::vector<Step>& steps) {
    RedisConnection redis(server.socket());  // nothing of an earlier history is still to be answered
    Tally tally;
    Comparison comparison(redis, library, tally);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        comparison.step(steps[i]);
        comparison.settle();
        if (comparison.difference()) return Failed{i + 1, *comparison.difference()};
    }
    comparison.compareStates();
    if (!comparison.difference()) return std::nullopt;
    return Failed{steps.size(), *comparison.difference()};
}

std::vector<Step> shrunk(const RedisServer& server, const redis::FunctionLibrary& library,
                         std::vector<Step> steps, int replays) {
    const auto fails = [&](std::vector<Step>& tried) {
        --replays;
        const auto failed = replay(server, library, tried);
        if (failed) tried.erase(tried.begin() + static_cast<std::ptrdiff_t>(failed->steps), tried.end());
        return failed.has_value();
    };
    if (!fails(steps)) return steps;  // only with several in flight
    for (std::size_t part = (steps.size() + 1) / 2; part > 0; part = part == 1 ? 0 : (part + 1) / 2) {
        for (std::size_t from = 0; from < steps.size() && replays > 0;) {
            auto fewer = without(steps, from, part);
            if (fails(fewer))
                steps = std::move(fewer);
            else
                from += part;
        }
    }
    return steps;
}

std::string textOf(const std::vector<Step>& steps) {
    std::string text;
    for (const auto& step : steps) {
        const auto call = redis::encode(step.header, step.command, step.now);
        text += "\n  " + std::string(call.function) + ' ' + call.arguments;
    }
    return text;
}

}  // namespace placette::test
