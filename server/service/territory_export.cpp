#include "service/territory_export.hpp"

#include <algorithm>

#include "protocol/encode.hpp"
#include "protocol/json_text.hpp"
#include "protocol/territory_document.hpp"
#include "redis/codec.hpp"
#include "redis/keys.hpp"
#include "service/write.hpp"

namespace placette::service {

namespace {

constexpr std::size_t hashesAtOnce = 500;

struct StoredDay {
    std::string facility;
    Date date{};
};

// Members are <date>|<facility>, in the order of the days.
Awaitable<Result<std::vector<StoredDay>>> daysFrom(redis::Store& store, std::string territory, Date from) {
    std::vector<std::string> ask{"ZRANGEBYLEX", "{" + territory + "}:days", "[" + toText(from), "+"};
    const auto members = co_await store.client().command(std::move(ask));
    if (!members || members->isError()) co_return problem(ProblemType::store_unavailable);
    std::vector<StoredDay> days;
    for (const auto& member : members->items) {
        const auto bar = member.text.find('|');
        const auto date = dateFrom(std::string_view(member.text).substr(0, bar));
        if (date && bar != std::string::npos) days.push_back({member.text.substr(bar + 1), *date});
    }
    co_return days;
}

// A document cannot say that a manager closed a cell: as a mere count it would be free.
bool canComeBack(const Facility& facility, Date date, const std::string& period, const std::string& section,
                 const Cell& cell) {
    const auto* of = facility.period(period);
    return of && facility.section(section) && facility.opensOn(date, *of) && cell.confirmedAt &&
           !cell.closedByHand;
}

void addCells(Exported& exported, std::string& cells, const Facility* facility, const StoredDay& day,
              const redis::Reply& hash) {
    for (std::size_t i = 0; i + 1 < hash.items.size(); i += 2) {
        const auto& field = hash.items[i].text;
        const auto bar = field.find('|');
        if (bar == std::string::npos) continue;
        const auto period = field.substr(0, bar), section = field.substr(bar + 1);
        const auto cell = redis::decodeCell(hash.items[i + 1].text);
        if (!facility || !canComeBack(*facility, day.date, period, section, cell)) {
            ++exported.leftOut;
            continue;
        }
        encode::append(cells, exported.cells++ == 0 ? "" : ",\n", R"({"facility":")", facility->id,
                       R"(","date":)", encode::Quoted{day.date}, R"(,"period":")", period, R"(","section":")",
                       section, R"(","open":)", cell.open, R"(,"reserved":)", cell.reserved,
                       R"(,"confirmedAt":)", encode::Quoted{*cell.confirmedAt}, '}');
    }
}

Awaitable<Result<std::string>> countsOf(redis::Store& store, std::shared_ptr<const Territory> territory,
                                        Date from, Exported& exported) {
    const auto days = co_await daysFrom(store, territory->id, from);
    if (!days) co_return tl::unexpected(days.error());
    std::string cells;
    for (std::size_t begin = 0; begin < days->size(); begin += hashesAtOnce) {
        const auto end = std::min(begin + hashesAtOnce, days->size());
        std::vector<std::vector<std::string>> commands;
        for (std::size_t i = begin; i < end; ++i)
            commands.push_back(
                {"HGETALL", redis::keys::cells(territory->id, (*days)[i].facility, (*days)[i].date)});
        const auto hashes = co_await store.client().pipeline(std::move(commands));
        if (!hashes || std::ranges::any_of(hashes->items, &redis::Reply::isError))
            co_return problem(ProblemType::store_unavailable);
        for (std::size_t i = begin; i < end; ++i) {
            const auto& day = (*days)[i];
            addCells(exported, cells, territory->facilities.find(day.facility), day,
                     hashes->items[i - begin]);
        }
    }
    co_return cells;
}

std::string headOf(const Territory& territory) {
    std::string out = R"({"territory":)";
    appendHead(out, territory);
    out += '}';
    appendOffices(out, territory);
    out += ",\n\"facilities\":";
    encode::array(out, territory.facilities, [](std::string& to, const Facility& each) {
        encode::facility(to, each, encode::FacilityView::whole);
    });
    return out;
}

}  // namespace

Awaitable<Result<Exported>> exportTerritory(Territories territories, std::string id,
                                            std::optional<Date> from) {
    const auto stored = co_await readStored(territories, id);
    if (!stored) co_return tl::unexpected(stored.error());
    if (!*stored) co_return problem(ProblemType::invalid_params, "there is no territory " + id, "territory");
    const std::shared_ptr<const Territory> territory(*stored, &(*stored)->territory);
    const auto first = from ? *from : localDate(now(), *date::locate_zone(territory->timezone));
    Exported exported;
    const auto cells = co_await countsOf(territories.store, territory, first, exported);
    if (!cells) co_return tl::unexpected(cells.error());
    exported.document = headOf(*territory) + ",\n\"cells\":[" + *cells + "]}\n";
    co_return exported;
}

}  // namespace placette::service
