#include "hub/board_channel.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "protocol/json_text.hpp"

namespace placette::hub {

std::string deltaHead(const Channel& channel, std::int64_t from, std::int64_t offset) {
    std::string out;
    encode::append(out, R"({"jsonrpc":"2.0","method":"board.delta","params":{"subscription":")", channel.id(),
                   R"(","epoch":")", channel.epoch(), R"(","from":)", from, R"(,"offset":)", offset,
                   R"(,"cells":)");
    return out;
}

std::string facilitiesHead(const Channel& channel) {
    return R"({"jsonrpc":"2.0","method":"board.facilities","params":{"subscription":")" + channel.id() +
           R"(","facilities":)";
}

void encodeFacilities(std::string& out, const Directory& directory, const BoardFilter& filter) {
    std::vector<const Facility*> covered;
    if (const auto known = directory.territory(filter.territory))
        for (const auto& facility : known->territory.facilities)
            if (filter.covers(facility.id, filter.from)) covered.push_back(&facility);
    encode::facilities(out, covered);
}

BoardChannel::BoardChannel(BoardFilter filter, std::string epoch,
                           std::function<std::shared_ptr<const Directory>()> directory)
    : Channel(filter.id(), filter.territory, std::move(epoch)),
      filter_(std::move(filter)),
      directory_(std::move(directory)) {}

Shared BoardChannel::facilities() {
    auto present = directory_();
    if (encodedOf_ != present) {
        std::string text;
        encodeFacilities(text, *present, filter_);
        facilities_ = shared(std::move(text));
        encodedOf_ = std::move(present);
    }
    return facilities_;
}

bool BoardChannel::matches(const redis::LogEntry& entry) const {
    if (entry.facilitiesChanged) return true;
    for (const auto& state : entry.cells)
        if (filter_.covers(state.key.facility, state.key.date)) return true;
    return false;
}

void BoardChannel::appendLastStates(std::string& out, const Changes& changes) const {
    std::map<CellKey, const std::string*> last;
    for (const auto* change : changes)
        for (std::size_t i = 0; i < change->cells.size(); ++i) {
            const auto& key = change->entry.cells[i].key;
            if (filter_.covers(key.facility, key.date)) last[key] = &change->cells[i];
        }
    auto size = out.size() + 4;
    for (const auto& [key, text] : last) size += text->size() + 1;
    out.reserve(size);
    char before = '[';
    for (const auto& [key, text] : last) {
        out += std::exchange(before, ',');
        out += *text;
    }
    out += last.empty() ? "[]" : "]";
}

std::string BoardChannel::lastStates(const Changes& changes) const {
    std::string out;
    appendLastStates(out, changes);
    return out;
}

std::vector<Shared> BoardChannel::notifications(const Changes& changes, std::int64_t from) const {
    std::vector<Shared> notifications{
        shared(deltaHead(*this, from, changes.back()->entry.offset) + lastStates(changes) + "}}")};
    const auto facilitiesChanged = [](const auto* change) { return change->entry.facilitiesChanged; };
    if (std::ranges::any_of(changes, facilitiesChanged)) {
        auto text = facilitiesHead(*this);
        encodeFacilities(text, *directory_(), filter_);
        notifications.push_back(shared(std::move(text += "}}")));
    }
    return notifications;
}

}  // namespace placette::hub
