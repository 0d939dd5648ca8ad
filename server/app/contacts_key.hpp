// The key of the contacts (contacts.key of the data folder) and the store belong together: the store
// remembers which key its contacts are sealed with, by a value from which nothing of the key can be told. Two
// servers of one Redis have the same.
#pragma once

#include <filesystem>

#include "identity/cipher.hpp"
#include "redis/checkup.hpp"
#include "redis/client.hpp"

namespace placette::app {

// The folder's key; for a store without contacts it is made where there is none. Throws Hopeless, with
// what to do, where it is another one or is missing; unless `replace`: what was sealed before can never
// be read again then.
redis::Awaitable<identity::Cipher> contactsKey(redis::Client&, std::filesystem::path dataDir, bool replace);

// For `placette doctor`: nothing is made.
redis::Awaitable<redis::Finding> contactsKeyFinding(redis::Client&, std::filesystem::path dataDir);

}  // namespace placette::app
