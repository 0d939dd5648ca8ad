#include <algorithm>

#include "model/model.hpp"

namespace placette {

// All at once: `limit` is of no concern here.
Result<Model::Effect> Model::run(const Forget& command) {
    Effect effect;
    const auto erase = [&](const std::string& id) {
        bookings_.erase(id);
        lapsed_.erase(id);
        change_.erased.insert(id);
        ++effect.count;
    };
    const auto over = [&](const auto& entry) { return lastDay(entry.second) < command.days; };
    std::vector<std::string> ids;
    for (const auto& [id, ended] : lapsed_)
        if (ended < command.lapsed) ids.push_back(id);
    for (const auto& entry : bookings_)
        if (over(entry) && std::ranges::find(ids, entry.first) == ids.end()) ids.push_back(entry.first);
    std::ranges::for_each(ids, erase);

    std::set<std::pair<std::string, Date>> days;
    for (const auto& [key, cell] : cells_)
        if (key.date < command.days) days.emplace(key.facility, key.date);
    std::erase_if(cells_, [&](const auto& entry) { return entry.first.date < command.days; });
    std::erase_if(histories_, [&](const auto& entry) { return entry.first.second < command.days; });
    effect.count += static_cast<int>(days.size());

    for (auto& [id, booking] : bookings_) {
        if (booking.sealedContact.empty() || lastDay(booking) >= command.contacts) continue;
        touch(booking);
        booking.sealedContact.clear();
        ++effect.count;
    }
    return effect;
}

}  // namespace placette
