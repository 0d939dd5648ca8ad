#include <algorithm>
#include <array>

#include "service/account_methods.hpp"
#include "service/availability.hpp"
#include "service/board.hpp"
#include "service/booking.hpp"
#include "service/session_methods.hpp"
#include "service/territory.hpp"

namespace placette::service {

namespace {

constexpr std::array methods{
    Method{"account.create", accountCreate},
    Method{"account.list", accountList},
    Method{"account.password", accountPassword},
    Method{"account.resetPassword", accountResetPassword},
    Method{"account.update", accountUpdate},
    Method{"availability.adjust", availabilityAdjust},
    Method{"availability.confirm", availabilityConfirm},
    Method{"availability.set", availabilitySet},
    Method{"board.get", boardGet},
    Method{"board.subscribe", boardSubscribe, true},
    Method{"board.unsubscribe", boardUnsubscribe, true},
    Method{"booking.acknowledge", bookingAcknowledge},
    Method{"booking.attendance", bookingAttendance},
    Method{"booking.cancel", bookingCancel},
    Method{"booking.confirm", bookingConfirm},
    Method{"booking.create", bookingCreate},
    Method{"booking.extend", bookingExtend},
    Method{"booking.get", bookingGet},
    Method{"booking.hold", bookingHold},
    Method{"booking.list", bookingList},
    Method{"booking.release", bookingRelease},
    Method{"booking.subscribe", bookingSubscribe, true},
    Method{"booking.unsubscribe", bookingUnsubscribe, true},
    Method{"facility.list", facilityList},
    Method{"facility.upsert", facilityUpsert},
    Method{"session.authenticate", sessionAuthenticate},
    Method{"session.hello", sessionHello},
    Method{"territory.get", territoryGet},
    Method{"territory.import", territoryImport},
    Method{"token.create", tokenCreate},
    Method{"token.list", tokenList},
    Method{"token.revoke", tokenRevoke},
};
static_assert(std::ranges::is_sorted(methods, {}, &Method::name));

}  // namespace

const Method* findMethod(std::string_view name) {
    const auto found = std::ranges::lower_bound(methods, name, {}, &Method::name);
    return found != methods.end() && found->name == name ? &*found : nullptr;
}

}  // namespace placette::service
