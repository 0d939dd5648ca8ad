// Commands as the texts that the functions read. Written as text at once: a tree of values for each would
// cost several times what the text costs.
#include <utility>

#include "protocol/json_text.hpp"
#include "redis/booking_record.hpp"
#include "redis/cell_text.hpp"
#include "redis/codec.hpp"

namespace placette::redis {
namespace {

using encode::Object;

void staleItem(Object& item, const CellKey& cell, Instant staleAt) {
    item.text("cell", cellName(cell));
    item.number("staleAt", millis(staleAt));
}

// One overload a command: fills the request, answers the function's name.
const char* fill(Object& request, const SetCells& command) {
    request.array("items", command.items, [](Object& one, const SetCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.number("open", item.open);
        if (item.reserved) one.number("reserved", *item.reserved);
        if (item.expectedVersion) one.number("expectedVersion", *item.expectedVersion);
    });
    request.flag("force", command.force);
    return "set_cells";
}

const char* fill(Object& request, const AdjustCells& command) {
    request.array("items", command.items, [](Object& one, const AdjustCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.number("by", item.by);
    });
    request.flag("force", command.force);
    return "adjust_cells";
}

const char* fill(Object& request, const ConfirmCells& command) {
    request.text("facility", command.facility);
    request.array("days", command.days, [](Object& one, const ConfirmCells::Day& day) {
        one.text("date", toText(day.date));
        one.number("staleAt", millis(day.staleAt));
    });
    return "confirm_cells";
}

const char* fill(Object& request, const ImportCells& command) {
    request.array("items", command.items, [](Object& one, const ImportCells::Item& item) {
        staleItem(one, item.cell, item.staleAt);
        one.number("open", item.open);
        one.number("reserved", item.reserved);
        if (item.confirmedAt) one.number("confirmedAt", millis(*item.confirmedAt));
    });
    request.flag("onlyAbsent", command.onlyAbsent);
    return "import_cells";
}

const char* fill(Object& request, const PutTerritory& command) {
    request.text("document", command.document);
    request.number("expectedVersion", command.expectedVersion);
    request.array("closings", command.closings, [](Object& one, const PutTerritory::Closing& closing) {
        one.text("cell", cellName(closing.cell));
        one.flag("closed", closing.closed);
    });
    return "put_territory";
}

const char* fill(Object& request, const HoldPlaces& command) {
    appendNewRecord(request.member("booking"), command.booking);
    request.number("ttl", command.ttl.count());
    request.flag("confirm", command.confirm);
    request.flag("force", command.force);
    return "hold";
}

const char* fill(Object& request, const ConfirmBooking& command) {
    const auto put = [&](const char* field, const std::optional<std::string>& value) {
        if (value) request.text(field, *value);
    };
    request.text("booking", command.booking);
    if (command.purpose) request.text("purpose", name(*command.purpose));
    put("caseRef", command.caseRef);
    put("commune", command.commune);
    put("contact", command.sealedContact);
    request.flag("force", command.force);
    return "confirm";
}

const char* fill(Object& request, const ExtendHold& command) {
    request.text("booking", command.booking);
    return "extend";
}

const char* fill(Object& request, const ReleaseHold& command) {
    request.text("booking", command.booking);
    return "release";
}

const char* fill(Object& request, const AcknowledgeBooking& command) {
    request.text("booking", command.booking);
    return "acknowledge";
}

const char* fill(Object& request, const CancelBooking& command) {
    request.text("booking", command.booking);
    request.text("by", name(command.by));
    request.text("reason", name(command.reason));
    encode::array(request.member("places"), command.places, encode::number<int>);
    return "cancel";
}

const char* fill(Object& request, const RecordAttendance& command) {
    request.text("booking", command.booking);
    request.number("place", command.place);
    if (command.outcome != PlaceOutcome::none) request.text("outcome", name(command.outcome));
    return "attendance";
}

const char* fill(Object&, const Sweep&) {
    return "sweep";
}

const char* fill(Object&, const FindReplay&) {
    return "find_replay";
}

}  // namespace

FunctionCall encode(const WriteHeader& header, const Command& command, std::optional<Instant> now) {
    FunctionCall call{nullptr, {}, std::holds_alternative<FindReplay>(command)};
    Object request(call.arguments);
    if (!header.key.empty()) {
        request.text("account", header.account);
        request.text("key", header.key);
        request.text("fingerprint", header.fingerprint);
    }
    if (now) request.number("now", millis(*now));
    call.function = std::visit([&](const auto& one) { return fill(request, one); }, command);
    request.end();
    return call;
}

}  // namespace placette::redis
