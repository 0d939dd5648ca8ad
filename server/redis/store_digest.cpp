#include "redis/store_digest.hpp"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <vector>

namespace placette::redis {
namespace {

using Sum = std::array<unsigned char, 32>;
using Texts = std::vector<std::string>;

constexpr const char* keysPerScan = "1000";

void gather(const Reply& reply, Texts& texts) {
    if (reply.items.empty()) texts.push_back(reply.text);
    for (const auto& item : reply.items) gather(item, texts);
}

// Pairs of a hash, and members of a set, come in any order.
Texts inOrder(const std::string& type, const Reply& content) {
    Texts texts;
    gather(content, texts);
    if (type == "set") std::ranges::sort(texts);
    if (type != "hash") return texts;
    std::vector<std::pair<std::string, std::string>> pairs;
    for (std::size_t i = 0; i + 1 < texts.size(); i += 2) pairs.emplace_back(texts[i], texts[i + 1]);
    std::ranges::sort(pairs);
    texts.clear();
    for (auto& [field, value] : pairs) {
        texts.push_back(std::move(field));
        texts.push_back(std::move(value));
    }
    return texts;
}

std::vector<std::string> reading(const std::string& type, const std::string& key) {
    if (type == "string") return {"GET", key};
    if (type == "hash") return {"HGETALL", key};
    if (type == "set") return {"SMEMBERS", key};
    if (type == "zset") return {"ZRANGE", key, "0", "-1", "WITHSCORES"};
    if (type == "list") return {"LRANGE", key, "0", "-1"};
    if (type == "stream") return {"XRANGE", key, "-", "+"};
    return {};
}

Sum hashed(const std::string& key, const Texts& texts) {
    crypto_generichash_state state;
    crypto_generichash_init(&state, nullptr, 0, sizeof(Sum));
    const auto add = [&state](const std::string& text) {
        const std::uint64_t size = text.size();
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(&size), sizeof size);
        crypto_generichash_update(&state, reinterpret_cast<const unsigned char*>(text.data()), text.size());
    };
    add(key);
    for (const auto& text : texts) add(text);
    Sum sum{};
    crypto_generichash_final(&state, sum.data(), sum.size());
    return sum;
}

// No record is there twice: so one may be added to another.
struct Digest {
    Sum sum{};
    std::int64_t records = 0;

    void add(const Sum& one) {
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] ^= one[i];
        ++records;
    }
    std::string text() const {
        std::string hex(2 * sum.size() + 1, '\0');
        sodium_bin2hex(hex.data(), hex.size(), sum.data(), sum.size());
        hex.pop_back();
        return hex;
    }
};

Awaitable<bool> addAll(Client& client, Texts keys, Digest& digest) {
    std::vector<Texts> questions;
    for (const auto& key : keys) {
        questions.push_back({"TYPE", key});
        questions.push_back({"PTTL", key});
    }
    const auto told = co_await client.pipeline(std::move(questions));
    if (!told) co_return false;
    std::vector<Texts> readings;
    Texts names, types;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        const auto& type = told->items.at(2 * i).text;
        const bool ends = told->items.at(2 * i + 1).integer >= 0;
        auto command = ends ? Texts() : reading(type, keys[i]);
        if (command.empty()) continue;
        readings.push_back(std::move(command));
        names.push_back(keys[i]);
        types.push_back(type);
    }
    if (readings.empty()) co_return true;
    const auto contents = co_await client.pipeline(std::move(readings));
    if (!contents) co_return false;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (contents->items.at(i).isError()) co_return false;
        digest.add(hashed(names[i], inOrder(types[i], contents->items[i])));
    }
    co_return true;
}

}  // namespace

Awaitable<std::optional<StoreDigest>> digestOf(Client& client) {
    Digest digest;
    std::string cursor = "0";
    do {
        Texts scan{"SCAN", cursor, "MATCH", "{*", "COUNT", keysPerScan};
        const auto page = co_await client.command(std::move(scan));
        if (!page || page->isError() || page->items.size() != 2) co_return std::nullopt;
        cursor = page->items[0].text;
        Texts keys;
        for (const auto& key : page->items[1].items) keys.push_back(key.text);
        if (keys.empty()) continue;
        const bool added = co_await addAll(client, std::move(keys), digest);
        if (!added) co_return std::nullopt;
    } while (cursor != "0");
    co_return StoreDigest{digest.records, digest.text()};
}

}  // namespace placette::redis
