#include "hub/board_channel.hpp"

#include <map>

#include "protocol/encode.hpp"

namespace placette::hub {

namespace {

using LastStates = std::map<CellKey, const Cell*>;

void gather(LastStates& last, const redis::LogEntry& entry, const BoardFilter& filter) {
    for (const auto& state : entry.cells)
        if (filter.covers(state.key.facility, state.key.date)) last[state.key] = &state.cell;
}

void encodeStates(std::string& out, const LastStates& last) {
    out += '[';
    const char* comma = "";
    for (const auto& [key, cell] : last) {
        out += comma;
        comma = ",";
        encode::cell(out, {key, *cell});
    }
    out += ']';
}

}  // namespace

std::string deltaHead(const Channel& channel, std::int64_t from, std::int64_t offset) {
    std::string out = R"({"jsonrpc":"2.0","method":"board.delta","params":{"subscription":")";
    out += channel.id();
    out += R"(","epoch":")" + channel.epoch();
    out += R"(","from":)" + std::to_string(from) + R"(,"offset":)" + std::to_string(offset) + R"(,"cells":)";
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

bool BoardChannel::matches(const redis::LogEntry& entry) const {
    if (entry.facilitiesChanged) return true;
    for (const auto& state : entry.cells)
        if (filter_.covers(state.key.facility, state.key.date)) return true;
    return false;
}

std::vector<Shared> BoardChannel::encode(const std::vector<const redis::LogEntry*>& entries,
                                         std::int64_t from) const {
    LastStates last;
    bool facilitiesChanged = false;
    for (const auto* entry : entries) {
        gather(last, *entry, filter_);
        facilitiesChanged |= entry->facilitiesChanged;
    }
    std::vector<Shared> notifications;
    auto delta = deltaHead(*this, from, entries.back()->offset);
    encodeStates(delta, last);
    notifications.push_back(shared(std::move(delta += "}}")));
    if (facilitiesChanged) {
        auto text = facilitiesHead(*this);
        encodeFacilities(text, *directory_(), filter_);
        notifications.push_back(shared(std::move(text += "}}")));
    }
    return notifications;
}

std::string BoardChannel::changedSince(const Ring& ring, const BoardFilter& filter, std::int64_t told) {
    LastStates last;
    for (const auto& change : ring.changes())
        if (change->offset > told) gather(last, *change, filter);
    std::string out;
    encodeStates(out, last);
    return out;
}

}  // namespace placette::hub
