#include "redis/reply_reader.hpp"

#include <hiredis/hiredis.h>

#include <memory>
#include <type_traits>
#include <utility>

namespace placette::redis {
namespace {

// A reply that is no item of another. Of one that nobody asked for (an error: too many clients) hiredis looks
// at the type and the text itself: it must begin as a redisReply.
struct Whole {
    redisReply seen{};
    Reply reply;
};
static_assert(std::is_standard_layout_v<Whole>);

Reply& replyOf(const redisReadTask& task) {
    return task.parent ? *static_cast<Reply*>(task.obj) : static_cast<Whole*>(task.obj)->reply;
}

// Items are made in their array, which owns them. Answers what hiredis keeps as the task's object.
template <class F>
void* make(const redisReadTask& task, F fill) {
    if (task.parent) {
        auto& item = replyOf(*task.parent).items[static_cast<std::size_t>(task.idx)];
        fill(item);
        return &item;
    }
    auto whole = std::make_unique<Whole>();
    fill(whole->reply);
    whole->seen.type = task.type;
    whole->seen.str = whole->reply.text.data();
    return whole.release();
}

void* createString(const redisReadTask* task, char* text, std::size_t size) {
    return make(*task, [&](Reply& reply) {
        reply.type = task->type == REDIS_REPLY_STRING   ? Reply::Type::text
                     : task->type == REDIS_REPLY_STATUS ? Reply::Type::status
                                                        : Reply::Type::error;
        reply.text.assign(text, size);
    });
}

void* createArray(const redisReadTask* task, int items) {
    return make(*task, [&](Reply& reply) {
        reply.type = Reply::Type::array;
        reply.items.resize(static_cast<std::size_t>(items));
    });
}

void* createInteger(const redisReadTask* task, long long integer) {
    return make(*task, [&](Reply& reply) {
        reply.type = Reply::Type::integer;
        reply.integer = integer;
    });
}

void* createNil(const redisReadTask* task) {
    return make(*task, [](Reply&) {});
}

void freeObject(void* whole) {
    std::unique_ptr<Whole>(static_cast<Whole*>(whole)).reset();
}

redisReplyObjectFunctions functions{createString, createArray, createInteger, createNil, freeObject};

}  // namespace

void readReplies(redisReader& reader) {
    reader.fn = &functions;
}

Reply replyFrom(void* read) {
    return std::move(static_cast<Whole*>(read)->reply);
}

}  // namespace placette::redis
