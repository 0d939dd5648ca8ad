// Lets an Asio loop watch the socket of a hiredis context.
#pragma once

#include <boost/asio/io_context.hpp>

struct redisAsyncContext;

namespace placette::redis {

// From here until hiredis frees the context, its reads and writes happen on the loop. False: the socket
// cannot be watched. The context belongs to the thread that runs the loop.
bool attach(boost::asio::io_context&, redisAsyncContext&);

}  // namespace placette::redis
