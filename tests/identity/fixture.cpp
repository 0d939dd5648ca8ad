#include "fixture.hpp"

#include <algorithm>

namespace placette::test {

namespace {

void append(std::string& out, const redis::Reply& reply) {
    out += reply.text + '\n';
    for (const auto& item : reply.items) append(out, item);
}

}  // namespace

std::string Fixture::dump() {
    std::string all;
    auto keys = redis({"KEYS", "*"}).items;
    std::ranges::sort(keys, {}, &placette::redis::Reply::text);
    for (const auto& key : keys) {
        all += key.text + '\n';
        const auto type = redis({"TYPE", key.text}).text;
        if (type == "hash") append(all, redis({"HGETALL", key.text}));
        if (type == "set") append(all, redis({"SMEMBERS", key.text}));
        if (type == "string") append(all, redis({"GET", key.text}));
        if (type == "stream") append(all, redis({"XRANGE", key.text, "-", "+"}));
    }
    return all;
}

std::vector<std::string> Fixture::log() {
    std::vector<std::string> entries;
    for (const auto& entry : redis({"XRANGE", "{placette}:log", "-", "+"}).items) {
        const auto& fields = entry.items.at(1).items;
        entries.push_back(fields.at(1).text + ' ' + fields.at(3).text);
    }
    return entries;
}

}  // namespace placette::test
