#include "protocol/json.hpp"

#include <deque>
#include <new>
#include <utility>

namespace placette {

namespace {

using Parser = simdjson::dom::parser;

// Parsers of this thread that nobody needs now: the next text finds its memory there. A parser keeps several
// times the largest text that it has read, so those of large texts go. They take turns: no text, perhaps with
// a password in it, lies there for long.
class IdleParsers {
public:
    std::unique_ptr<Parser> take() {
        if (idle_.empty()) return newParser();
        auto parser = std::move(idle_.front());
        idle_.pop_front();
        return parser;
    }
    void giveBack(std::unique_ptr<Parser> parser) {
        if (idle_.size() < most && parser->capacity() <= usualText) idle_.push_back(std::move(parser));
    }

private:
    static std::unique_ptr<Parser> newParser() {
        auto parser = std::make_unique<Parser>();
        if (parser->allocate(smallestText, Json::maxDepth + 1) != simdjson::SUCCESS) throw std::bad_alloc();
        return parser;
    }

    static constexpr std::size_t most = 16, smallestText = 256, usualText = 64 * 1024;
    std::deque<std::unique_ptr<Parser>> idle_;
};

IdleParsers& idleParsers() {
    thread_local IdleParsers ofThisThread;
    return ofThisThread;
}

Json::Value constant(std::string_view text) {
    return (new Parser)->parse(text.data(), text.size());  // for good
}

}  // namespace

Json::Json() {
    static const Value null = constant("null");
    value_ = null;
}

Json Json::emptyObject() {
    static const Value empty = constant("{}");
    return {nullptr, empty};
}

Json Json::parse(std::string_view text) {
    const Document document(idleParsers().take().release(),
                            [](Parser* parser) { idleParsers().giveBack(std::unique_ptr<Parser>(parser)); });
    if (text.starts_with("\xef\xbb\xbf")) text.remove_prefix(3);  // may be ignored: RFC 8259, 8.1
    Value value;
    const auto error = document->parse(text.data(), text.size()).get(value);
    if (error == simdjson::SUCCESS) return {document, value};
    Json invalid;
    invalid.error_ = error;
    return invalid;
}

}  // namespace placette
