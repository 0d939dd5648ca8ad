// Has hiredis make replies as our own values, without a tree of its own between.
#pragma once

#include "redis/reply.hpp"

struct redisReader;

namespace placette::redis {

// From here on what the reader reads is for replyFrom(). Before its first reply.
void readReplies(redisReader&);

// What a callback of such a reader's context is given, moved out; hiredis frees the rest.
Reply replyFrom(void* read);

}  // namespace placette::redis
