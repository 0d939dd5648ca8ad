// An import document from a file; - is the standard input.
#pragma once

#include <filesystem>

#include "protocol/territory_document.hpp"

namespace placette::app {

Result<std::string> contentOf(const std::filesystem::path&);
Result<ImportDocument> readImportFile(const std::filesystem::path&);

}  // namespace placette::app
