// Where the commands for accounts and tokens find them.
#pragma once

#include <iostream>
#include <nlohmann/json.hpp>
#include <string>

#include "identity/account_view.hpp"
#include "identity/accounts.hpp"
#include "protocol/json_text.hpp"

namespace placette::app {

class Desk {  // for one command
public:
    explicit Desk(redis::Client& client) : accounts(client, passwords_, unlimited_) {}

private:
    identity::Passwords passwords_;
    identity::Attempts unlimited_{{}};

public:
    identity::Accounts accounts;
};

template <class All, class Encode>
void printList(const All& all, Encode encodeOne) {
    std::string out;
    encode::array(out, all, encodeOne);
    std::cout << nlohmann::json::parse(out).dump(2) << '\n';
}

}  // namespace placette::app
