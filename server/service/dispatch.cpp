#include "service/dispatch.hpp"

#include <spdlog/spdlog.h>

#include <algorithm>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/this_coro.hpp>
#include <boost/asio/use_awaitable.hpp>

#include "redis/timer.hpp"

namespace placette::service {

namespace net = redis::net;

namespace {

using Item = tl::expected<rpc::Call, rpc::Refused>;

Result<const Method*> allowed(const Caller& caller, const rpc::Call& call) {
    const std::string_view name = call.method;
    const auto* method = findMethod(name);
    const bool open = method && method->beforeSignIn;
    if (!open && !caller.account) return problem(ProblemType::unauthenticated, "sign in first");
    if (!method) return problem(ProblemType::unknown_method, "no such method");
    if (method->subscription && !caller.watcher)
        return problem(ProblemType::unknown_method, "subscriptions need a WebSocket");
    // The reply is where they begin, and it says how they are called.
    if (name.ends_with(".subscribe") && call.id.empty())
        return problem(ProblemType::invalid_request, "subscriptions need an id");
    if (!open && !caller.account->hasAny(method->roles))
        return problem(ProblemType::forbidden, "not for the roles of this account");
    return method;
}

template <class Work>
Awaitable<Answer> run(const Method& method, Work work) {
    try {
        co_return co_await work(method);
    } catch (const std::exception& exception) {
        spdlog::error("{} failed: {}", method.name, exception.what());
    }
    co_return problem(ProblemType::internal);
}

// Who may come in, and what there is to come to: rare, and to be found in the log afterwards.
bool isAdministration(const Method& method) {
    constexpr std::string_view all[] = {"account.create",   "account.update",  "account.resetPassword",
                                        "account.password", "token.create",    "token.revoke",
                                        "facility.upsert",  "territory.import"};
    return std::ranges::find(all, method.name) != std::end(all);
}

// `work` begins what answers, and is no coroutine itself.
template <class Work>
Awaitable<Answer> measured(Environment& environment, const Caller& caller, const rpc::Call& call, Work work) {
    const auto began = redis::Clock::now();
    const auto method = allowed(caller, call);
    Answer answer = method ? Answer() : tl::unexpected(method.error());
    if (method) answer = co_await run(**method, std::move(work));
    const auto* known = method ? *method : findMethod(call.method);
    environment.meter.note(known ? known->name : "unknown", answer ? "ok" : name(answer.error().type),
                           redis::Clock::now() - began);
    if (known && caller.account && isAdministration(*known))
        spdlog::info("{} by {}: {}", known->name, pseudonym(environment, caller.account->id),
                     answer ? "ok" : name(answer.error().type));
    co_return answer;
}

// Empty: nothing to answer.
Awaitable<Parts> reply(Environment& environment, Caller& caller, Item item) {
    if (!item) {
        environment.meter.note("none", name(item.error().problem.type), {});
        co_return rpc::error(item.error().id, item.error().problem);
    }
    const auto id = item->id;
    auto& call = *item;
    const auto work = [&](const Method& method) {
        return method.run(environment, caller, Call{method, std::move(call.params)});
    };
    auto answer = co_await measured(environment, caller, call, work);
    if (id.empty()) co_return Parts{};
    co_return answer ? rpc::result(id, std::move(*answer)) : rpc::error(id, answer.error());
}

// The replies of one batch as they come in.
struct Gathering {
    Gathering(const redis::Executor& executor, std::size_t calls)
        : replies(calls), missing(calls), complete(executor, redis::Clock::time_point::max()) {}

    std::vector<Parts> replies;
    std::size_t missing;
    redis::Timer complete;  // never expires: cancelled with the last reply
};

Awaitable<void> replyInto(std::shared_ptr<Gathering> gathering, std::size_t index, Environment& environment,
                          Caller& caller, Item item) {
    gathering->replies[index] = co_await reply(environment, caller, std::move(item));
    if (--gathering->missing == 0) gathering->complete.cancel();
}

Awaitable<std::optional<Parts>> replyToBatch(Environment& environment, Caller& caller,
                                             std::vector<Item> calls) {
    const redis::Executor executor = co_await net::this_coro::executor;
    const auto gathering = std::make_shared<Gathering>(executor, calls.size());
    for (std::size_t i = 0; i < calls.size(); ++i)
        net::co_spawn(executor, replyInto(gathering, i, environment, caller, std::move(calls[i])),
                      net::detached);
    if (gathering->missing > 0) {
        const auto token = net::as_tuple(net::use_awaitable_t<redis::Executor>{});
        co_await gathering->complete.async_wait(token);
    }
    std::erase_if(gathering->replies, [](const Parts& one) { return one.empty(); });
    if (gathering->replies.empty()) co_return std::nullopt;
    co_return rpc::batch(std::move(gathering->replies));
}

}  // namespace

Awaitable<Answer> asCallOf(Environment& environment, Caller& caller, std::string_view method, Work work) {
    const rpc::Call call{"0", std::string(method), Json::emptyObject()};
    const auto begin = [&](const Method&) { return work(); };
    co_return co_await measured(environment, caller, call, begin);
}

Awaitable<std::optional<Parts>> dispatch(Environment& environment, Caller& caller,
                                         Result<rpc::Request> request) {
    if (!request) co_return rpc::error("null", request.error());
    if (request->calls.empty()) co_return std::nullopt;
    if (request->batch) co_return co_await replyToBatch(environment, caller, std::move(request->calls));
    auto only = co_await reply(environment, caller, std::move(request->calls.front()));
    if (only.empty()) co_return std::nullopt;
    co_return only;
}

}  // namespace placette::service
