#include "version.hpp"

#include "commit.hpp"
#include "redis/server_info.hpp"

namespace placette {

std::string versionLine() {
    return "placette " PLACETTE_VERSION ", schema " + std::to_string(redis::storeSchema) +
           ", commit " PLACETTE_COMMIT;
}

}  // namespace placette
