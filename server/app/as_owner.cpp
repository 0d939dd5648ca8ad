#include "app/as_owner.hpp"

#include <grp.h>
#include <spdlog/spdlog.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace placette::app {

void actAsOwnerOf(const std::filesystem::path& folder) {
    struct stat status {};
    if (::geteuid() != 0 || ::stat(folder.c_str(), &status) != 0 || status.st_uid == 0) return;
    if (::setgroups(0, nullptr) != 0 || ::setresgid(status.st_gid, status.st_gid, status.st_gid) != 0 ||
        ::setresuid(status.st_uid, status.st_uid, status.st_uid) != 0)
        throw std::system_error(errno, std::generic_category(),
                                "cannot act as the owner of " + folder.string());
    spdlog::info("acting as the owner of {}, user {}", folder.string(), status.st_uid);
}

}  // namespace placette::app
