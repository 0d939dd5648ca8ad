#include "model/model.hpp"

namespace placette {

Model::Ended Model::endDue(const std::set<std::string>& facilities) {
    Ended ended;
    int others = 0;
    for (auto next = holds_.begin(); next != holds_.end() && next->first <= now_;) {
        Booking& booking = bookings_.at(next->second);
        const bool concerned = facilities.contains(booking.facility);
        if (!concerned && others == maxOthersDue) {
            ended.left = true;
            ++next;
            continue;
        }
        if (!concerned) ++others;
        const bool wasHeld = booking.state == BookingState::held;
        if (wasHeld) settle(booking);
        giveBack(booking);
        touch(booking);
        if (wasHeld) lapsed_[booking.id] = now_;  // nobody was asked
        booking.state = BookingState::expired;
        ++ended.count;
        next = holds_.erase(next);
    }
    return ended;
}

Result<Model::Effect> Model::run(const Sweep&) {
    const Ended ended = endDue({});
    Effect effect;
    effect.count = ended.count;
    effect.moreDue = ended.left;
    return effect;
}

}  // namespace placette
