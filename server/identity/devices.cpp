#include "identity/devices.hpp"

#include <vector>

namespace placette::identity {

namespace {

constexpr std::size_t accountsAtMost = 4;
constexpr std::size_t nameSize = 16, markSize = 32;  // of each account in the cookie, as text

std::vector<std::string_view> entries(std::string_view cookie) {
    std::vector<std::string_view> all;
    for (; cookie.size() >= nameSize + markSize && all.size() < accountsAtMost;
         cookie.remove_prefix(nameSize + markSize))
        all.push_back(cookie.substr(0, nameSize + markSize));
    return all;
}

}  // namespace

std::string Devices::named(std::string_view cookie, const std::string& account) const {
    for (const auto entry : entries(cookie)) {
        std::string name(entry.substr(0, nameSize));
        if (secrets::same(entry.substr(nameSize), markOf(name, account))) return name;
    }
    return {};
}

std::string Devices::remembering(std::string_view cookie, const std::string& account) const {
    auto name = named(cookie, account);
    if (name.empty()) name = secrets::newName(nameSize);
    const auto present = name + markOf(name, account);
    std::string all = present;
    for (const auto entry : entries(cookie))
        if (entry != present && all.size() < accountsAtMost * present.size()) all += entry;
    return all;
}

std::string Devices::markOf(const std::string& name, const std::string& account) const {
    return secrets::hash(name + account, key_).substr(0, markSize);
}

}  // namespace placette::identity
