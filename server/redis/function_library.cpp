#include "redis/function_library.hpp"

#include <sodium.h>
#include <spdlog/spdlog.h>

#include "redis/server_info.hpp"

namespace placette::redis {

namespace {

constexpr std::size_t hashBytes = 4;

std::string hashOf(std::string_view source) {
    unsigned char hash[crypto_generichash_BYTES];
    crypto_generichash(hash, sizeof hash, reinterpret_cast<const unsigned char*>(source.data()),
                       source.size(), nullptr, 0);
    char text[2 * hashBytes + 1];
    return sodium_bin2hex(text, sizeof text, hash, hashBytes);
}

bool isLoadedAlready(const Reply& reply) {
    return reply.text.find("already exists") != std::string::npos;
}

}  // namespace

FunctionLibrary libraryOf(std::string_view source) {
    FunctionLibrary library;
    library.name = "placette_" + hashOf(source);
    library.source = "#!lua name=" + library.name + "\nlocal LIBRARY = '" + library.name + "'\n";
    library.source += source;
    return library;
}

const FunctionLibrary& functionLibrary() {
    static const FunctionLibrary library = libraryOf(functionSource);
    return library;
}

const std::string& functionPrefix() {
    static const std::string prefix = functionLibrary().name + '_';
    return prefix;
}

Awaitable<bool> loadLibrary(Client& client) {
    std::vector<std::string> load{"FUNCTION", "LOAD", functionLibrary().source};
    const auto reply = co_await client.command(std::move(load));
    co_return reply && (!reply->isError() || isLoadedAlready(*reply));
}

Awaitable<std::optional<std::string>> prepared(Client& client) {
    auto history = co_await serverHistory(client);
    if (!history) co_return std::nullopt;
    const bool loaded = co_await loadLibrary(client);
    if (loaded) co_return history;
    client.drop("it does not take the functions: its version is too old, or its user may not load them");
    co_return std::nullopt;
}

bool isLibraryMissing(const tl::expected<Reply, Failure>& reply) {
    return reply && reply->isError() && reply->text.starts_with("ERR Function not found");
}

Awaitable<tl::expected<Reply, Failure>> loadAndCall(Client& client, std::vector<std::string> call) {
    spdlog::warn("Redis has lost its functions; they are loaded again");
    co_await loadLibrary(client);
    co_return co_await client.command(std::move(call));
}

}  // namespace placette::redis
