#include "protocol/json_tree.hpp"

#include <simdjson.h>

#include <nlohmann/json.hpp>
#include <string>

namespace placette {

using simdjson::dom::element;
using simdjson::dom::element_type;

namespace {

using Tree = nlohmann::json;

Tree treeOf(element value);

Tree arrayOf(simdjson::dom::array values) {
    auto items = Tree::array();
    for (const element value : values) items.push_back(treeOf(value));
    return items;
}

Tree objectOf(simdjson::dom::object fields) {
    auto object = Tree::object();
    for (const auto& [name, value] : fields) object[std::string(name)] = treeOf(value);
    return object;
}

Tree treeOf(element value) {
    switch (value.type()) {
        case element_type::ARRAY:
            return arrayOf(value.get_array());
        case element_type::OBJECT:
            return objectOf(value.get_object());
        case element_type::STRING:
            return std::string_view(value.get_string());
        case element_type::INT64: {
            const std::int64_t number = value.get_int64();
            return number < 0 ? Tree(number) : Tree(static_cast<std::uint64_t>(number));
        }
        case element_type::UINT64:
            return std::uint64_t(value.get_uint64());
        case element_type::DOUBLE:
            return double(value.get_double());
        case element_type::BOOL:
            return bool(value.get_bool());
        default:
            return nullptr;
    }
}

}  // namespace

nlohmann::json jsonTree(std::string_view text) {
    // A parser keeps several times the largest text that it has read: that of a thread reads no large ones.
    constexpr std::size_t usual = 64 * 1024;
    thread_local simdjson::dom::parser ofThisThread;
    simdjson::dom::parser once;
    auto& parser = text.size() > usual ? once : ofThisThread;
    element root;
    // What it does not take is nearly always not JSON; integers beyond 64 bits are.
    if (parser.parse(text.data(), text.size()).get(root) != simdjson::SUCCESS)
        return Tree::parse(text, nullptr, false);
    return treeOf(root);
}

}  // namespace placette
