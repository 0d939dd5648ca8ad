#include "placette/domain/engine.hpp"

namespace placette {

Result<Outcome> Engine::apply(const WriteHeader& header, const Command& command, Instant now) {
    now_ = now;
    change_ = {};
    const auto known = recorded(header);
    if (!known) return tl::unexpected<Problem>(known.error());
    if (*known) return outcomeOf(**known, true);

    const auto effect = std::visit([&](const auto& one) { return run(one); }, command);
    if (!change_.empty()) ++offset_;
    if (!effect) return tl::unexpected<Problem>(effect.error());
    if (!header.key.empty() && !std::holds_alternative<FindReplay>(command)) {
        records_[{header.account, header.key}] = {header.fingerprint, now + keyLifetime, *effect};
    }
    return outcomeOf(*effect, false);
}

// nullptr: the key is new, or was forgotten.
Result<const Engine::Effect*> Engine::recorded(const WriteHeader& header) const {
    const auto found = records_.find({header.account, header.key});
    if (header.key.empty() || found == records_.end() || found->second.ends <= now_) return nullptr;
    if (found->second.fingerprint != header.fingerprint) return problem(ProblemType::idempotency_mismatch);
    return &found->second.effect;
}

Outcome Engine::outcomeOf(const Effect& effect, bool replayed) const {
    Outcome outcome;
    outcome.replayed = replayed;
    outcome.offset = offset_;
    for (const CellKey& key : effect.cells) outcome.cells.push_back({key, cellAt(key)});
    if (effect.booking) outcome.booking = bookings_.at(*effect.booking);
    outcome.count = effect.count;
    outcome.confirmedAt = effect.confirmedAt;
    outcome.moreDue = effect.moreDue;
    return outcome;
}

Cell Engine::cellAt(const CellKey& key) const {
    const auto found = cells_.find(key);
    return found == cells_.end() ? Cell{} : found->second;
}

Cell& Engine::touch(const CellKey& key) {
    Cell& cell = cells_[key];
    if (change_.cells.insert(key).second) ++cell.version;
    return cell;
}

void Engine::touch(Booking& booking) {
    if (change_.bookings.insert(booking.id).second) ++booking.version;
}

}  // namespace placette
