#include "dialect.hpp"

#include <charconv>
#include <cstring>
#include <stdexcept>

#include "peer_dialects.hpp"
#include "placette_dialect.hpp"

namespace load {

std::size_t find_text(std::string_view text, std::string_view what, std::size_t position) {
    const auto* found = memmem(text.data() + position, text.size() - position, what.data(), what.size());
    return found ? static_cast<std::size_t>(static_cast<const char*>(found) - text.data()) : text.npos;
}

Number number_after(std::string_view name, std::string_view text, std::size_t& position) {
    position = find_text(text, name, position);
    if (position == text.npos) return 0;
    Number number = 0;
    const char* begin = text.data() + position + name.size();
    const auto [end, error] = std::from_chars(begin, text.data() + text.size(), number);
    position = static_cast<std::size_t>(end - text.data());
    return number;
}

std::unique_ptr<Dialect> watcher_dialect(const Options& options) {
    if (options.target == "placette") return std::make_unique<PlacetteWatcher>(options);
    if (options.target == "ws") return std::make_unique<PlainDialect>("/");
    if (options.target == "nchan") return std::make_unique<PlainDialect>("/sub");
    if (options.target == "socketio") return std::make_unique<SocketIoDialect>();
    if (options.target == "nats") return std::make_unique<NatsDialect>(NatsDialect::Role::watcher);
    throw std::runtime_error("no such target: " + options.target);
}

std::unique_ptr<PublisherDialect> publisher_dialect(const Options& options) {
    if (options.target == "placette") return std::make_unique<PlacettePublisher>(options);
    if (options.target == "ws") return std::make_unique<PlainDialect>("/publish");
    if (options.target == "nchan") return std::make_unique<PlainDialect>("/pub");
    if (options.target == "socketio") return std::make_unique<SocketIoDialect>();
    if (options.target == "nats") return std::make_unique<NatsDialect>(NatsDialect::Role::publisher);
    throw std::runtime_error("no such target: " + options.target);
}

}  // namespace load
