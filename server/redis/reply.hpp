// A reply of Redis (RESP2) as an owned value.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace placette::redis {

struct Reply {
    enum class Type { nil, integer, text, status, error, array };
    Type type = Type::nil;
    std::int64_t integer = 0;
    std::string text;          // text, status, error
    std::vector<Reply> items;  // array

    bool isError() const { return type == Type::error; }
    bool isNil() const { return type == Type::nil; }
};

}  // namespace placette::redis
