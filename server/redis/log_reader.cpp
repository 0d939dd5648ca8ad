#include "redis/log_reader.hpp"

#include <algorithm>
#include <utility>

namespace placette::redis {

LogReader::LogReader(net::io_context& io, Endpoint endpoint, Hooks hooks)
    : io_(io), endpoint_(std::move(endpoint)), hooks_(std::move(hooks)) {}

void LogReader::start() {
    started_ = true;
    for (auto& member : members_) member.follower->start();
}

void LogReader::stop() {
    for (auto& member : members_) member.follower->stop();
}

void LogReader::add(std::string stream, std::string from) {
    auto& follower = *memberFor(stream).follower;
    follower.add(std::move(stream), std::move(from));
}

void LogReader::remove(const std::string& stream) {
    const auto found = memberOf_.find(stream);
    if (found == memberOf_.end()) return;
    found->second->follower->remove(stream);
    --found->second->logs;
    memberOf_.erase(found);
}

LogReader::Member& LogReader::memberFor(const std::string& stream) {
    auto& member = memberOf_[stream];
    if (!member) {
        const auto room =
            std::ranges::find_if(members_, [](const Member& one) { return one.logs < logsPerConnection; });
        member = room == members_.end() ? &newMember() : &*room;
        ++member->logs;
    }
    return *member;
}

LogReader::Member& LogReader::newMember() {
    auto& member = members_.emplace_back();
    member.follower.emplace(io_, endpoint_,
                            Hooks{.up =
                                      [this, &member](const std::string& history) {
                                          member.history = history;
                                          tell();
                                      },
                                  .down =
                                      [this, &member] {
                                          member.history = "";
                                          tell();
                                      },
                                  .entries = hooks_.entries,
                                  .gap =
                                      [this](const std::string& stream, bool goneBack) {
                                          remove(stream);
                                          hooks_.gap(stream, goneBack);
                                      }});
    if (started_) member.follower->start();
    return member;
}

void LogReader::tell() {
    std::optional<std::string> common;
    for (const auto& member : members_) {
        if (!member.history) continue;
        if (common && *common != *member.history) common = "";
        if (!common) common = member.history;
    }
    if (history_ == *common) return;
    const bool wasUp = !std::exchange(history_, *common).empty();
    if (wasUp) hooks_.down();
    if (!history_.empty()) hooks_.up(history_);
}

}  // namespace placette::redis
