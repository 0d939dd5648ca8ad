#include "identity/rights.hpp"

#include <algorithm>

namespace placette::identity {

std::span<const Right> rights() {
    static const std::vector<Role> everybody;
    static const std::vector<Role> facility{Role::manager, Role::integrator};
    static const std::vector<Role> office{Role::worker};
    static const std::vector<Role> both{Role::worker, Role::manager, Role::integrator};
    static const std::vector<Role> administration{Role::admin};

    static const std::vector<Right> table{
        {"board.get", everybody},
        {"board.subscribe", everybody},
        {"board.unsubscribe", everybody},
        {"facility.list", everybody},
        {"territory.get", everybody},

        {"availability.set", facility},
        {"availability.adjust", facility},
        {"availability.confirm", facility},

        {"booking.hold", office},
        {"booking.create", office},
        {"booking.confirm", office},
        {"booking.extend", office},
        {"booking.release", office},
        {"booking.acknowledge", facility},
        {"booking.attendance", facility},
        {"booking.cancel", both},
        {"booking.get", both},
        {"booking.list", both},
        {"booking.subscribe", both},
        {"booking.unsubscribe", both},

        {"facility.upsert", administration},
        {"territory.import", administration},
        {"account.create", administration},
        {"account.list", administration},
        {"account.update", administration},
        {"account.resetPassword", administration},

        {"account.password", everybody},  // one's own
        {"token.create", everybody},      // one's own; an administrator's also for others
        {"token.list", everybody},
        {"token.revoke", everybody},
    };
    return table;
}

bool may(const Account& account, std::string_view method) {
    for (const Right& right : rights()) {
        if (right.method != method) continue;
        return right.roles.empty() || std::any_of(right.roles.begin(), right.roles.end(),
                                                  [&](Role role) { return account.has(role); });
    }
    return false;
}

}  // namespace placette::identity
