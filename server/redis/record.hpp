// A JSON object of the store, read in place. Throws (simdjson_error, std::runtime_error) on one of another
// layout.
#pragma once

#include <simdjson.h>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string_view>
#include <vector>

#include "redis/cell_text.hpp"

namespace placette::redis {

using Value = simdjson::dom::element;

inline Value parsed(std::string_view json) {  // valid until the next text is parsed on this thread
    thread_local simdjson::dom::parser parser;
    return parser.parse(json.data(), json.size());
}

class Record {
public:
    explicit Record(Value value) : object_(value.get_object()) {}

    // Valid until the next text is parsed on this thread.
    static Record parse(std::string_view json) { return Record(parsed(json)); }

    Value at(std::string_view field) const { return object_.at_key(field); }
    std::string_view text(std::string_view field) const { return at(field).get_string(); }
    std::int64_t integer(std::string_view field) const { return at(field).get_int64(); }
    bool flag(std::string_view field) const { return at(field).get_bool(); }

    std::optional<Value> find(std::string_view field) const {
        Value found;
        if (object_.at_key(field).get(found) != simdjson::SUCCESS) return std::nullopt;
        return found;
    }
    template <class F>
    void ifPresent(std::string_view field, F use) const {
        if (const auto found = find(field)) use(*found);
    }

private:
    simdjson::dom::object object_;
};

// How a T is read from an object in one pass, whatever the order of its members; others are passed over. To
// ask for one after the other would look at each member for each.
template <class T>
class Layout {
public:
    struct Member {
        std::string_view name;
        void (*read)(T&, Value);
        bool required = true;
    };
    Layout(std::initializer_list<Member> members)
        : members_(members), required_(std::ranges::count_if(members_, &Member::required)) {}

    T read(Value object) const {
        T value;
        std::ptrdiff_t required = 0;
        const simdjson::dom::object all = object.get_object();
        for (const auto& [name, member] : all) {
            const auto found = std::ranges::find(members_, name, &Member::name);
            if (found == members_.end()) continue;
            found->read(value, member);
            if (found->required) ++required;
        }
        if (required != required_) throw std::runtime_error("an object of the store lacks a member");
        return value;
    }

private:
    std::vector<Member> members_;
    std::ptrdiff_t required_;
};

inline std::string_view textOf(Value value) {
    return value.get_string();
}

inline Instant instantOf(Value millis) {
    return instantFromMillis(millis.get_int64());
}

}  // namespace placette::redis
