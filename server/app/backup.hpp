// `placette backup DIR` and `placette restore DIR`: the store as it was at one moment, proven to be whole.
//
//     store.rdb      all records, as Redis snapshots them
//     backup.json    when, of which version and schema, how many records, and their checksum
//     contacts.key   with --with-key alone: whoever has both reads the contacts
#pragma once

#include <filesystem>

#include "app/config.hpp"

namespace placette::app {

// Beside a running server, which goes on, or without one. Then a Redis of its own is started on the copy, and
// its records are summed. Throws std::runtime_error.
void backUp(const StoreConfig&, const std::filesystem::path& into, bool withKey);

// Into a data folder that has no store, or a Redis without any key; no server runs meanwhile. What is there
// then has the sum of the backup, or it is refused; and it is a new epoch. Throws std::runtime_error.
void restore(const StoreConfig&, const std::filesystem::path& from);

}  // namespace placette::app
