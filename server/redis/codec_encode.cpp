// Commands as the texts that the functions read. Written as text at once: a tree of values for each would
// cost several times what the text costs.
#include <type_traits>
#include <utility>

#include "protocol/json_text.hpp"
#include "redis/booking_record.hpp"
#include "redis/cell_text.hpp"
#include "redis/codec.hpp"

namespace placette::redis {
namespace {

using encode::Object;
using encode::Quoted;

void staleItem(Object& item, const CellKey& cell, Instant staleAt) {
    item.member("cell", '"', cell.facility, '|', cell.date, '|', cell.period, '|', cell.section, '"');
    item.member("staleAt", millis(staleAt));
}

void ruleOf(Object& one, const PutTerritory::Rule& rule) {
    one.text("facility", rule.facility);
    one.array("periods", rule.periods, [](Object& period, const Period& is) {
        period.text("id", is.id);
        period.member("start", is.start.count());
        period.member("ends", is.end.count());
        encode::array(period.member("days"), is.days,
                      [](std::string& out, int day) { encode::append(out, day); });
    });
    encode::texts(one.member("sections"), rule.sections);
    one.array("closures", rule.closures, [](Object& closure, const Closure& is) {
        closure.member("from", Quoted{is.from});
        closure.member("to", Quoted{is.to});
    });
}

// One overload a command, for what it has beside its booking; those that have nothing need none.
template <class Bare>
void fill(Object&, const Bare&) {
    static_assert(std::is_empty_v<Bare> || sizeof(Bare) == sizeof(std::string));
}

void fill(Object& request, const SetCells& command) {
    request.array("items", command.items, [](Object& one, const SetCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.member("open", item.open);
        if (item.reserved) one.member("reserved", *item.reserved);
        if (item.expectedVersion) one.member("expectedVersion", *item.expectedVersion);
        if (item.atMost) one.member("atMost", *item.atMost);
    });
    request.member("force", command.force);
}

void fill(Object& request, const AdjustCells& command) {
    request.array("items", command.items, [](Object& one, const AdjustCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.member("by", item.by);
        if (item.why != AdjustWhy::unsaid)
            one.text("why", item.why == AdjustWhy::taken ? "taken" : "withdrawn");
        if (item.atMost) one.member("atMost", *item.atMost);
    });
    request.member("force", command.force);
}

void fill(Object& request, const ConfirmCells& command) {
    request.text("facility", command.facility);
    request.array("days", command.days, [](Object& one, const ConfirmCells::Day& day) {
        one.member("date", Quoted{day.date});
        one.member("staleAt", millis(day.staleAt));
    });
}

void fill(Object& request, const ImportCells& command) {
    request.array("items", command.items, [](Object& one, const ImportCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.member("open", item.open);
        one.member("reserved", item.reserved);
        if (item.confirmedAt) one.member("confirmedAt", millis(*item.confirmedAt));
    });
    request.member("onlyAbsent", command.onlyAbsent);
}

void fill(Object& request, const ApplyWeek& command) {
    request.text("facility", command.facility);
    request.array("items", command.items, [](Object& one, const ApplyWeek::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.member("open", item.open);
        if (item.reserved) one.member("reserved", *item.reserved);
        if (item.atMost) one.member("atMost", *item.atMost);
    });
    request.member("onlyAbsent", command.onlyAbsent);
    request.member("dry", command.dry);
    if (command.published) request.text("published", *command.published);
}

void closingItems(Object& request, const std::string& facility, const std::vector<CellKey>& cells) {
    request.text("facility", facility);
    request.array("items", cells, [](Object& one, const CellKey& cell) { one.text("cell", cellName(cell)); });
}

void fill(Object& request, const CloseCells& command) {
    closingItems(request, command.facility, command.cells);
    request.text("reason", name(command.reason));
    request.member("dry", command.dry);
}

void fill(Object& request, const ReopenCells& command) {
    closingItems(request, command.facility, command.cells);
}

void fill(Object& request, const PutTerritory& command) {
    request.text("expectedRevision", command.expectedRevision);
    request.text("revision", command.revision);
    request.array("closings", command.closings, [](Object& one, const PutTerritory::Closing& closing) {
        one.text("cell", cellName(closing.cell));
        one.member("closed", closing.closed);
    });
    request.member("today", Quoted{command.today});
    request.array("rules", command.rules, ruleOf);
    encode::texts(request.member("removed"), command.removed);
    encode::texts(request.member("removedOffices"), command.removedOffices);
    request.member("force", command.force);
    request.member("dry", command.dry);
}

void fill(Object& request, const HoldPlaces& command) {
    appendNewRecord(request.member("booking"), command.booking);
    request.member("ttl", command.ttl.count());
    request.member("confirm", command.confirm);
    request.member("force", command.force);
    if (command.mostHeld) request.member("mostHeld", *command.mostHeld);
}

void fill(Object& request, const ConfirmBooking& command) {
    const auto put = [&](const char* field, const std::optional<std::string>& value) {
        if (value) request.text(field, *value);
    };
    if (command.purpose) request.text("purpose", name(*command.purpose));
    put("caseRef", command.caseRef);
    if (!command.caseKey.empty()) request.text("caseKey", command.caseKey);
    put("commune", command.commune);
    put("contact", command.sealedContact);
    request.member("force", command.force);
}

void fill(Object& request, const CancelBooking& command) {
    request.text("by", name(command.by));
    request.text("reason", name(command.reason));
    encode::array(request.member("places"), command.places,
                  [](std::string& out, int place) { encode::append(out, place); });
}

void fill(Object& request, const RecordAttendance& command) {
    request.member("place", command.place);
    if (command.outcome != PlaceOutcome::none) request.text("outcome", name(command.outcome));
}

void fill(Object& request, const Verify& command) {
    encode::array(request.member("bookings"), command.bookings,
                  [](std::string& out, const std::string& id) { encode::append(out, '"', id, '"'); });
    request.array("days", command.days, [](Object& one, const Verify::Day& day) {
        one.text("facility", day.facility);
        one.member("date", Quoted{day.date});
    });
    if (command.giveUp) request.member("giveUp", true);
}

void fill(Object& request, const Forget& command) {
    request.member("days", Quoted{command.days});
    request.member("contacts", Quoted{command.contacts});
    request.member("lapsed", millis(command.lapsed));
    request.member("limit", command.limit);
}

}  // namespace

FunctionCall encode(const WriteHeader& header, const Command& command, std::optional<Instant> now) {
    FunctionCall call;
    call.readOnly = std::holds_alternative<FindReplay>(command);
    Object request(call.arguments);
    if (!header.account.empty()) request.text("account", header.account);
    if (!header.id.empty()) request.text("id", header.id);
    if (!header.key.empty()) {
        request.text("key", header.key);
        request.text("fingerprint", header.fingerprint);
    }
    if (now) request.member("now", millis(*now));
    std::visit(
        [&](const auto& one) {
            call.function = one.function;
            if constexpr (requires { request.text("booking", one.booking); })
                request.text("booking", one.booking);
            fill(request, one);
        },
        command);
    request.end();
    if (const auto* put = std::get_if<PutTerritory>(&command)) call.fields = put->fields;
    return call;
}

// What may be long is moved, not copied.
std::vector<std::string> words(FunctionCall call, const std::string& prefix, std::string tag) {
    std::vector<std::string> words{call.readOnly ? "FCALL_RO" : "FCALL", prefix + call.function, "1"};
    words.push_back(std::move(tag));
    words.push_back(std::move(call.arguments));
    for (auto& [field, value] : call.fields) {
        words.push_back(field);
        words.push_back(std::move(value));
    }
    return words;
}

}  // namespace placette::redis
