#include "app/import_file.hpp"

#include <cerrno>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <system_error>

namespace placette::app {

Result<std::string> contentOf(const std::filesystem::path& path) {
    if (path == "-") return std::string{std::istreambuf_iterator<char>(std::cin), {}};
    std::ifstream in(path);
    if (in && std::filesystem::is_directory(path)) return problem(ProblemType::parse_error, "is a folder");
    if (!in) return problem(ProblemType::parse_error, std::generic_category().message(errno));
    return std::string{std::istreambuf_iterator<char>(in), {}};
}

Result<ImportDocument> readImportFile(const std::filesystem::path& path) {
    const auto content = contentOf(path);
    if (!content) return tl::unexpected(content.error());
    const auto json = Json::parse(*content);
    if (!json.valid())
        return problem(ProblemType::parse_error, "not JSON, or not UTF-8, or an integer beyond 64 bits");
    return readImportDocument(json.value());
}

}  // namespace placette::app
