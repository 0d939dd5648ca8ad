// A command that root runs on the data folder of another user: its files must stay that user's.
#pragma once

#include <filesystem>

namespace placette::app {

// From here on this process is the folder's owner, if it was root and the folder is another's. Throws
// std::system_error.
void actAsOwnerOf(const std::filesystem::path& folder);

}  // namespace placette::app
