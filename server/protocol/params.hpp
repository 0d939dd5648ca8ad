// Reading parameters strictly. Each reader answers a value of its type; where the member is missing, of
// another type or out of bounds it answers a default and the first such problem is kept, with the member's
// path. A member that nobody asked for, or that is there twice, is a problem too. So one reads everything and
// asks once:
//
//     Params p(json);
//     auto facility = p.id("facility");
//     auto days = p.integer("days", 1, 31);
//     auto office = p.optional(&Params::id, "office");
//     p.objects("cells", 1, 500, [&](Params& cell) { … cell.date("date") … });
//     if (auto bad = p.problem()) return tl::unexpected(*bad);
//
// Refers to the JSON that it was given, which must outlive it.
#pragma once

#include <algorithm>
#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "placette/domain/problem.hpp"
#include "placette/domain/time.hpp"
#include "protocol/json.hpp"

namespace placette {

class Params {
public:
    using Name = std::variant<std::string_view, std::size_t>;  // a member, or an element

    // A call is answered with its first problem; of a document all are told (Problem::faults), up to 100.
    enum class Tells { theFirst, all };

    explicit Params(Json::Value object, std::string path = {}, Tells = Tells::theFirst);
    explicit Params(const Json& object, std::string path = {}) : Params(object.value(), std::move(path)) {}
    Params(const Params&) = delete;
    Params& operator=(const Params&) = delete;

    // The first problem, unknown members included; nullopt: all is well. Asked once, after everything was
    // read.
    std::optional<Problem> problem();

    bool has(std::string_view name) const;
    bool isNull(Name);
    std::string path(Name) const;           // "places[1].section"
    void refuse(Name, std::string detail);  // for what only the caller can judge

    std::string id(Name);  // of a facility, office, period, section
    std::string territory(Name);
    std::string account(Name);
    std::string insee(Name);
    std::string booking(Name = "booking");
    std::string key(Name = "key");                             // of idempotency
    std::string text(Name, std::size_t min, std::size_t max);  // in characters; no control characters
    std::string caseRef(Name);                                 // as it is written; not blank
    std::string month(Name);                                   // "2025-03"
    int integer(Name, int min, int max);
    std::int64_t large(Name);  // 0 .. 2^53: versions, offsets
    double number(Name, double min, double max);
    bool flag(Name);
    Date date(Name);
    Instant instant(Name);
    TimeOfDay timeOfDay(Name);
    template <class E>
    E oneOf(Name, std::optional<E> (*from)(std::string_view));  // an enumeration by its names
    template <class E>
    E named(Name, std::optional<E> (*from)(std::string_view), const std::string& names);  // and tells which
    Json::Value any(Name);  // read by somebody else, once it is known that there is no problem

    // nullopt where the member is absent; `nullable` also where it is null.
    template <class T, class... A>
    std::optional<T> optional(T (Params::*read)(Name, A...), Name, std::type_identity_t<A>...);
    template <class T, class... A>
    std::optional<T> nullable(T (Params::*read)(Name, A...), Name, std::type_identity_t<A>...);

    // Elements of one kind, between `min` and `max` of them; an absent list is empty if `min` is 0.
    template <class T, class... A>
    std::vector<T> list(T (Params::*read)(Name, A...), std::string_view name, std::size_t min,
                        std::size_t max, std::type_identity_t<A>...);
    template <class T, class... A>
    std::vector<T> distinct(T (Params::*read)(Name, A...), std::string_view name, std::size_t min,
                            std::size_t max, std::type_identity_t<A>...);
    void objects(std::string_view name, std::size_t min, std::size_t max,
                 const std::function<void(Params&)>&);
    void object(std::string_view name, const std::function<void(Params&)>&);
    bool optionalObject(std::string_view name, const std::function<void(Params&)>&);  // false: absent

private:
    using Found = std::optional<Json::Value>;
    Params(Json::Value, std::string path, Params& around);

    Found find(Name);  // marks it as known
    Found need(Name);  // absent: a problem
    Found element(std::size_t index);
    std::size_t elements(std::string_view name, std::size_t min, std::size_t max);
    std::string matching(Name, bool (*fits)(std::string_view), const char* expected);
    template <class T>
    T parsed(Name, std::optional<T> (*from)(std::string_view), const char* expected);
    void inside(std::string_view name, const std::function<void(Params&)>&);
    void note(std::string field, std::string detail);
    void refuseUnknown();

    Json::Value json_;
    std::string path_;
    std::optional<Problem> own_;
    std::optional<Problem>& problem_;
    const Tells tells_;
    boost::container::small_vector<std::string_view, 16> known_;  // names asked for, each once
    std::size_t present_ = 0;                                     // of them
    std::size_t at_ = 0;  // where `cursor_` is: elements are mostly asked for in their order
    std::optional<simdjson::dom::array::iterator> cursor_;
};

template <class E>
E Params::oneOf(Name name, std::optional<E> (*from)(std::string_view)) {
    const auto value = from(text(name, 1, 64));
    if (!value) refuse(name, "is none of the names allowed here");
    return value.value_or(E{});
}

template <class E>
E Params::named(Name name, std::optional<E> (*from)(std::string_view), const std::string& names) {
    const auto value = from(text(name, 1, 64));
    if (!value) refuse(name, "must be one of " + names);
    return value.value_or(E{});
}

template <class T, class... A>
std::optional<T> Params::optional(T (Params::*read)(Name, A...), Name name,
                                  std::type_identity_t<A>... bounds) {
    if (!find(name)) return std::nullopt;
    return (this->*read)(name, bounds...);
}

template <class T, class... A>
std::optional<T> Params::nullable(T (Params::*read)(Name, A...), Name name,
                                  std::type_identity_t<A>... bounds) {
    if (isNull(name)) return std::nullopt;
    return optional(read, name, bounds...);
}

template <class T, class... A>
std::vector<T> Params::list(T (Params::*read)(Name, A...), std::string_view name, std::size_t min,
                            std::size_t max, std::type_identity_t<A>... bounds) {
    std::vector<T> values;
    const auto count = elements(name, min, max);
    if (count == 0) return values;
    inside(name, [&](Params& elements) {
        for (std::size_t i = 0; i < count; ++i) values.push_back((elements.*read)(i, bounds...));
    });
    return values;
}

template <class T, class... A>
std::vector<T> Params::distinct(T (Params::*read)(Name, A...), std::string_view name, std::size_t min,
                                std::size_t max, std::type_identity_t<A>... bounds) {
    auto values = list(read, name, min, max, bounds...);
    auto sorted = values;
    std::ranges::sort(sorted);
    if (std::ranges::adjacent_find(sorted) != sorted.end()) refuse(name, "names something twice");
    return values;
}

}  // namespace placette
