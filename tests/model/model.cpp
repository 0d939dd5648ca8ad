#include "model/model.hpp"

namespace placette {

Result<Outcome> Model::apply(const WriteHeader& header, const Command& command, Instant now) {
    now_ = now;
    header_ = header;
    made_ = 0;
    change_ = {};
    const auto known = recorded(header);
    if (!known) return tl::unexpected<Problem>(known.error());
    if (*known) return outcomeOf(**known, true);  // of records that were erased: not_found

    const auto* week = std::get_if<ApplyWeek>(&command);
    if (week && week->dry) {  // as if
        Model trial = *this;
        auto asked = *week;
        asked.dry = false;
        auto outcome = trial.apply({header.account, {}, {}, header.id}, asked, now);
        if (outcome) outcome->offset = offset_;
        return outcome;
    }

    const auto effect = std::visit([&](const auto& one) { return run(one); }, command);
    if (!change_.empty()) ++offset_;
    if (!effect) return tl::unexpected<Problem>(effect.error());
    if (!header.key.empty() && !std::holds_alternative<FindReplay>(command)) {
        records_[{header.account, header.key}] = {header.fingerprint, now + keyLifetime, *effect};
    }
    return outcomeOf(*effect, false);
}

// nullptr: the key is new, or was forgotten.
Result<const Model::Effect*> Model::recorded(const WriteHeader& header) const {
    const auto found = records_.find({header.account, header.key});
    if (header.key.empty() || found == records_.end() || found->second.ends <= now_) return nullptr;
    if (found->second.fingerprint != header.fingerprint) return problem(ProblemType::idempotency_mismatch);
    return &found->second.effect;
}

Result<Outcome> Model::outcomeOf(const Effect& effect, bool replayed) const {
    Outcome outcome;
    outcome.replayed = replayed;
    outcome.offset = offset_;
    for (const CellKey& key : effect.cells) outcome.cells.push_back({key, cellAt(key)});
    for (const auto& id : effect.bookings) {
        const auto found = bookings_.find(id);
        if (found == bookings_.end()) return problem(ProblemType::not_found);
        outcome.bookings.push_back(found->second);
    }
    outcome.count = effect.count;
    outcome.confirmedAt = effect.confirmedAt;
    outcome.moreDue = effect.moreDue;
    outcome.skipped = effect.skipped;
    return outcome;
}

std::string Model::newId() {
    const std::string id = "t." + header_.id;
    return ++made_ == 1 ? id : id + "-" + std::to_string(made_);
}

Cell Model::cellAt(const CellKey& key) const {
    const auto found = cells_.find(key);
    return found == cells_.end() ? Cell{} : found->second;
}

Cell& Model::touch(const CellKey& key) {
    Cell& cell = cells_[key];
    if (change_.cells.insert(key).second) ++cell.version;
    return cell;
}

void Model::touch(Booking& booking) {
    if (change_.bookings.insert(booking.id).second) ++booking.version;
}

}  // namespace placette
