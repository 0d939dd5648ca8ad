// A JSON object of the store, read in place. Throws (simdjson_error, std::runtime_error) on one of another
// layout.
#pragma once

#include <simdjson.h>

#include <optional>
#include <string_view>

#include "redis/cell_text.hpp"

namespace placette::redis {

using Value = simdjson::dom::element;

class Record {
public:
    explicit Record(Value value) : object_(value.get_object()) {}

    // Valid until the next text is parsed on this thread.
    static Record parse(std::string_view json) {
        thread_local simdjson::dom::parser parser;
        return Record(parser.parse(json.data(), json.size()));
    }

    Value at(std::string_view field) const { return object_.at_key(field); }
    std::string_view text(std::string_view field) const { return at(field).get_string(); }
    std::int64_t integer(std::string_view field) const { return at(field).get_int64(); }
    bool flag(std::string_view field) const { return at(field).get_bool(); }
    Instant instant(std::string_view field) const { return instantFromMillis(integer(field)); }

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

inline std::string_view textOf(Value value) {
    return value.get_string();
}

inline Instant instantOf(Value millis) {
    return instantFromMillis(millis.get_int64());
}

}  // namespace placette::redis
