#include "protocol/params.hpp"

#include <cmath>

#include "protocol/same_text.hpp"
#include "protocol/text_checks.hpp"

namespace placette {

namespace {

constexpr std::size_t mostTold = 100;
constexpr std::int64_t largestExact = std::int64_t{1} << 53;  // what a JavaScript number holds exactly

// 3.0 is an integer, as JSON Schema has it: a spreadsheet's export may write it so.
std::optional<std::int64_t> integerIn(Json::Value value, std::int64_t min, std::int64_t max) {
    std::int64_t number = 0;
    double written = 0;
    if (value.is_double() && value.get(written) == simdjson::SUCCESS) {
        if (written != std::trunc(written) || std::abs(written) > static_cast<double>(largestExact))
            return std::nullopt;
        number = static_cast<std::int64_t>(written);
    } else if (!value.is_int64() || value.get(number) != simdjson::SUCCESS) {
        return std::nullopt;
    }
    if (number < min || number > max) return std::nullopt;
    return number;
}

std::optional<std::string_view> textIn(Json::Value value) {
    std::string_view text;
    if (value.get(text) != simdjson::SUCCESS) return std::nullopt;
    return text;
}

std::string range(auto min, auto max) {
    return std::to_string(min) + " to " + std::to_string(max);
}

}  // namespace

Params::Params(Json::Value object, std::string path, Tells tells)
    : json_(object), path_(std::move(path)), problem_(own_), tells_(tells) {
    if (!object.is_object()) note(path_, "must be an object");
}

namespace {

// Others may be something private that went astray, and are not repeated.
bool isPlain(std::string_view name) {
    const auto plain = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
    };
    return !name.empty() && name.size() <= 32 && std::ranges::all_of(name, plain);
}

}  // namespace

Params::Params(Json::Value value, std::string path, Params& around)
    : json_(value), path_(std::move(path)), problem_(around.problem_), tells_(around.tells_) {}

std::optional<Problem> Params::problem() {
    refuseUnknown();
    return problem_;
}

void Params::refuseUnknown() {
    if ((problem_ && tells_ == Tells::theFirst) || !json_.is_object()) return;
    const simdjson::dom::object members = json_.get_object();
    if (members.size() == present_) return;
    for (auto member = members.begin(); member != members.end(); ++member) {
        const auto name = member.key();
        if (std::ranges::find(known_, name) == known_.end()) {
            if (isPlain(name))
                refuse(name, "is not known here");
            else
                note(path_, "has a member that is not known here");
        }
        for (auto earlier = members.begin(); earlier != member; ++earlier)
            if (earlier.key() == name) refuse(name, "is there twice");
    }
}

void Params::refuse(Name name, std::string detail) {
    if (!problem_ || tells_ == Tells::all) note(path(name), std::move(detail));
}

// Of one member the first is told: what follows from it is none of its own.
void Params::note(std::string field, std::string detail) {
    if (!problem_) problem_ = Problem{ProblemType::invalid_params, detail, field};
    auto& faults = problem_->faults;
    if (tells_ == Tells::theFirst || faults.size() == mostTold) return;
    if (std::ranges::find(faults, field, &Fault::field) != faults.end()) return;
    faults.push_back({std::move(field), std::move(detail)});
}

std::string Params::path(Name name) const {
    if (const auto* index = std::get_if<std::size_t>(&name))
        return path_ + "[" + std::to_string(*index) + "]";
    const auto member = std::string(std::get<std::string_view>(name));
    return path_.empty() ? member : path_ + "." + member;
}

bool Params::has(std::string_view name) const {
    return json_.is_object() && json_.at_key(name).error() == simdjson::SUCCESS;
}

bool Params::isNull(Name name) {
    const auto value = find(name);
    return value && value->is_null();
}

Params::Found Params::element(std::size_t index) {
    if (!json_.is_array()) return std::nullopt;
    const simdjson::dom::array elements = json_.get_array();
    if (!cursor_ || index < at_) {
        cursor_ = elements.begin();
        at_ = 0;
    }
    for (; at_ < index && *cursor_ != elements.end(); ++at_) ++*cursor_;
    if (*cursor_ == elements.end()) return std::nullopt;
    return **cursor_;
}

Params::Found Params::find(Name name) {
    if (const auto* index = std::get_if<std::size_t>(&name)) return element(*index);
    const auto member = std::get<std::string_view>(name);
    Json::Value value;
    const bool present = json_.is_object() && json_.at_key(member).get(value) == simdjson::SUCCESS;
    if (std::ranges::find(known_, member) == known_.end()) {
        known_.push_back(member);
        present_ += present ? 1 : 0;
    }
    return present ? std::make_optional(value) : std::nullopt;
}

Params::Found Params::need(Name name) {
    auto value = find(name);
    if (!value) refuse(name, "is missing");
    return value;
}

Json::Value Params::any(Name name) {
    return need(name).value_or(Json().value());
}

std::string Params::text(Name name, std::size_t min, std::size_t max) {
    const auto value = need(name);
    if (!value) return {};
    const auto text = textIn(*value);
    if (!text || !isPrintable(*text) || characters(*text) < min || characters(*text) > max) {
        refuse(name, "must be a text of " + range(min, max) + " characters");
        return {};
    }
    return std::string(*text);
}

std::string Params::matching(Name name, bool (*fits)(std::string_view), const char* expected) {
    const auto value = need(name);
    if (!value) return {};
    const auto text = textIn(*value);
    if (text && fits(*text)) return std::string(*text);
    refuse(name, expected);
    return {};
}

template <class T>
T Params::parsed(Name name, std::optional<T> (*from)(std::string_view), const char* expected) {
    const auto value = need(name);
    if (!value) return {};
    const auto text = textIn(*value);
    const auto result = text ? from(*text) : std::nullopt;
    if (!result) refuse(name, expected);
    return result.value_or(T{});
}

std::string Params::id(Name name) {
    return matching(name, isId, "must be an id: [a-z0-9-]{1,64}");
}
std::string Params::territory(Name name) {
    return matching(name, isTerritoryId, "must be a territory's id: [A-Za-z0-9-]{1,32}");
}
std::string Params::account(Name name) {
    return matching(name, isAccountId, "must be an account's id: up to 64 letters, digits and ._@+-");
}
std::string Params::insee(Name name) {
    return matching(name, isInsee, "must be an INSEE code, e.g. 21292");
}
std::string Params::caseRef(Name name) {
    auto reference = text(name, 1, 64);
    if (!problem_ && caseKey(reference).empty()) refuse(name, "must not be blank");
    return reference;
}
std::string Params::month(Name name) {
    return matching(name, isMonth, "must be a month, e.g. 2025-03");
}
std::string Params::booking(Name name) {
    return text(name, 1, 96);
}
std::string Params::key(Name name) {
    return text(name, 1, 64);
}

int Params::integer(Name name, int min, int max) {
    const auto value = need(name);
    if (!value) return min;
    const auto number = integerIn(*value, min, max);
    if (!number) refuse(name, "must be an integer, " + range(min, max));
    return static_cast<int>(number.value_or(min));
}

std::int64_t Params::large(Name name) {
    const auto value = need(name);
    if (!value) return 0;
    const auto number = integerIn(*value, 0, largestExact);
    if (!number) refuse(name, "must be an integer, 0 or more");
    return number.value_or(0);
}

double Params::number(Name name, double min, double max) {
    const auto value = need(name);
    if (!value) return min;
    const auto number = value->is_number() ? value->get_double().value() : std::nan("");
    if (number >= min && number <= max) return number;
    refuse(name, "must be a number, " + range(min, max));
    return min;
}

bool Params::flag(Name name) {
    const auto value = need(name);
    if (!value) return false;
    if (value->is_bool()) return value->get_bool();
    refuse(name, "must be true or false");
    return false;
}

Date Params::date(Name name) {
    return parsed(name, dateFrom, "must be a date, e.g. 2026-11-24");
}

Instant Params::instant(Name name) {
    return parsed(name, instantFrom, "must be an instant, e.g. 2026-11-24T16:02:11Z");
}

TimeOfDay Params::timeOfDay(Name name) {
    return parsed(name, timeOfDayFrom, "must be a time, e.g. 08:15");
}

std::size_t Params::elements(std::string_view name, std::size_t min, std::size_t max) {
    const auto value = min == 0 ? find(name) : need(name);
    if (!value) return 0;
    if (value->is_array()) {
        const auto size = simdjson::dom::array(value->get_array()).size();
        if (size >= min && size <= max) return size;
    }
    refuse(name, "must be a list of " + range(min, max) + " elements");
    return 0;
}

void Params::inside(std::string_view name, const std::function<void(Params&)>& read) {
    Params within(*find(name), path(name), *this);
    read(within);
    within.refuseUnknown();
}

void Params::objects(std::string_view name, std::size_t min, std::size_t max,
                     const std::function<void(Params&)>& read) {
    if (elements(name, min, max) == 0) return;
    const auto list = path(name);
    std::size_t index = 0;
    for (const Json::Value each : simdjson::dom::array(find(name)->get_array())) {
        Params element(each, list + "[" + std::to_string(index++) + "]", *this);
        if (!each.is_object()) return refuse(name, "must be a list of objects");
        read(element);
        element.refuseUnknown();
    }
}

void Params::object(std::string_view name, const std::function<void(Params&)>& read) {
    const auto value = need(name);
    if (!value) return;
    if (value->is_object())
        inside(name, read);
    else
        refuse(name, "must be an object");
}

bool Params::optionalObject(std::string_view name, const std::function<void(Params&)>& read) {
    if (!find(name)) return false;
    object(name, read);
    return true;
}

}  // namespace placette
