#include "dialect.hpp"

#include <charconv>
#include <stdexcept>

#include "placette_dialect.hpp"

namespace load {

std::uint64_t Dialect::needed(std::string_view, std::uint64_t length) const {
    return length;
}

Number number_after(std::string_view name, std::string_view text, std::size_t& position) {
    position = text.find(name, position);
    if (position == text.npos) return 0;
    Number number = 0;
    const char* begin = text.data() + position + name.size();
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    position = static_cast<std::size_t>(end - text.data());
    return number;
}

std::unique_ptr<Dialect> watcher_dialect(const Options& options) {
    if (options.target == "placette") return std::make_unique<PlacetteWatcher>(options);
    throw std::runtime_error("no such target: " + options.target);
}

std::unique_ptr<PublisherDialect> publisher_dialect(const Options& options) {
    if (options.target == "placette") return std::make_unique<PlacettePublisher>(options);
    throw std::runtime_error("no such target: " + options.target);
}

}  // namespace load
