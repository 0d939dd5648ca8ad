// A JSON text that was read (simdjson), and one value in it. The values lie in a document that all of its
// Json keep alive: what a coroutine takes by value stays good until it ends. Not to be shared between
// threads.
#pragma once

#include <simdjson.h>

#include <memory>
#include <string_view>

namespace placette {

class Json {
public:
    using Value = simdjson::dom::element;

    Json();  // null

    static constexpr std::size_t maxDepth = 32;  // no message is deeper than 8; what reads it may recurse

    // Null and not valid() where the text is not JSON, or not UTF-8, or has an integer beyond 64 bits, or is
    // nested deeper than maxDepth.
    static Json parse(std::string_view text);
    static Json emptyObject();

    bool valid() const { return error_ == simdjson::SUCCESS; }
    bool isTooDeep() const { return error_ == simdjson::DEPTH_ERROR; }
    Value value() const { return value_; }
    Json within(Value part) const { return Json(document_, part); }

private:
    using Document = std::shared_ptr<simdjson::dom::parser>;
    Json(Document document, Value value) : document_(std::move(document)), value_(value) {}

    Document document_;  // null: a constant
    Value value_;
    simdjson::error_code error_ = simdjson::SUCCESS;
};

}  // namespace placette
