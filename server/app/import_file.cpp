#include "app/import_file.hpp"

#include <fstream>
#include <iterator>
#include <string>

namespace placette::app {

Result<ImportDocument> readImportFile(const std::filesystem::path& path) {
    std::ifstream in(path);
    if (!in) return problem(ProblemType::parse_error, "cannot be read");
    const std::string content{std::istreambuf_iterator<char>(in), {}};
    const auto json = Json::parse(content);
    if (!json.valid())
        return problem(ProblemType::parse_error, "not JSON, or not UTF-8, or an integer beyond 64 bits");
    return readImportDocument(json.value());
}

}  // namespace placette::app
