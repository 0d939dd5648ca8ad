// From a store that may not be there yet to one that can be served, however long it takes.
#pragma once

#include <optional>

#include "app/config.hpp"
#include "app/stop_signal.hpp"
#include "app/store_access.hpp"
#include "identity/cipher.hpp"
#include "net/waiting_room.hpp"

namespace placette::app {

// What is in the way is an error in the log, once, and told in the waiting room.
class Obstacle {
public:
    explicit Obstacle(net::WaitingRoom& room) : room_(room) {}
    void is(const std::string& why);

private:
    net::WaitingRoom& room_;
    std::string why_;
};

// Its Redis runs and answers, its schema is this program's (an older one is brought on before anybody reads
// it), its contacts are of this key. Nothing: it was asked to stop. Throws Hopeless where no other try helps.
redis::Awaitable<std::optional<identity::Cipher>> openStore(const ServeConfig&, StoreAccess&, Obstacle&,
                                                            StopSignal&, redis::net::io_context&);

}  // namespace placette::app
