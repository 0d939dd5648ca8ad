// What `placette --version` tells: the release, the schema of the stores that it reads, the commit it was
// built from.
#pragma once

#include <string>

namespace placette {

std::string versionLine();

}  // namespace placette
