#include "service/import_plan.hpp"

#include <algorithm>
#include <set>

#include "placette/domain/freshness.hpp"
#include "service/opening.hpp"

namespace placette::service {

namespace {

template <class T>
void merge(std::vector<T>& present, const std::vector<T>& wanted, std::string T::*id, bool onlyAbsent,
           ImportReport& report) {
    for (const auto& one : wanted) {
        const auto found = std::ranges::find(present, one.*id, id);
        if (found == present.end()) {
            present.push_back(one);
            ++report.created;
        } else if (!onlyAbsent && *found != one) {
            *found = one;
            ++report.changed;
        }
    }
}

void merge(Facilities& present, const Facilities& wanted, bool onlyAbsent, ImportReport& report) {
    for (const auto& one : wanted) {
        const auto* known = present.find(one.id);
        if (!known) {
            present.add(one);
            ++report.created;
        } else if (!onlyAbsent && *known != entered(one, known)) {
            present.put(entered(one, known));
            ++report.changed;
        }
    }
}

// Why a cell cannot be brought in; nullptr if it can.
const char* obstacle(const Facility* facility, const ImportedCell& cell, Date date, Date today, Instant now) {
    if (!facility) return "there is no such facility";
    const auto* period = facility->period(cell.period);
    if (!period) return "the facility has no such period";
    if (!facility->section(cell.section)) return "the facility has no such section";
    if (date < today) return "that day is over";
    if (date > today + furthestAhead) return "more than 400 days ahead";
    if (!facility->opensOn(date, *period)) return notOpenThen;
    if (cell.confirmedAt && *cell.confirmedAt > now) return "confirmed in the future";
    return nullptr;
}

}  // namespace

Territory merged(const Territory* present, const Territory& wanted, bool onlyAbsent, ImportReport& report) {
    Territory after = present ? *present : Territory{};
    if (!present) ++report.created;
    const auto alsaceMoselle = wanted.alsaceMoselle ? wanted.alsaceMoselle : after.alsaceMoselle;
    if (present && !onlyAbsent &&
        (after.name != wanted.name || after.timezone != wanted.timezone ||
         after.alsaceMoselle != alsaceMoselle))
        ++report.changed;
    if (!present || !onlyAbsent) {
        after.id = wanted.id;
        after.name = wanted.name;
        after.timezone = wanted.timezone;
        after.alsaceMoselle = alsaceMoselle;
    }
    merge(after.communes, wanted.communes, &Commune::insee, onlyAbsent, report);
    merge(after.offices, wanted.offices, &Office::id, onlyAbsent, report);
    merge(after.facilities, wanted.facilities, onlyAbsent, report);
    return after;
}

int without(Territory& territory, const ImportDocument& document) {
    const auto leave = [](auto& all, const std::vector<std::string>& gone, auto id) {
        return std::erase_if(all,
                             [&](const auto& one) { return std::ranges::find(gone, one.*id) != gone.end(); });
    };
    return static_cast<int>(leave(territory.offices, document.noOffices, &Office::id) +
                            leave(territory.communes, document.noCommunes, &Commune::insee));
}

std::vector<Fault> stillNeeded(const ImportDocument& document, const Territory& after) {
    std::vector<Fault> needed;
    for (std::size_t i = 0; i < document.noCommunes.size(); ++i) {
        const auto& insee = document.noCommunes[i];
        const auto refuse = [&](const std::string& user) {
            needed.push_back(
                {"remove.communes[" + std::to_string(i) + "]", insee + " is the commune of " + user});
        };
        for (const auto& facility : after.facilities)
            if (facility.commune.insee == insee) refuse(facility.id);
        for (const auto& office : after.offices)
            if (office.commune == insee) refuse(office.id);
    }
    return needed;
}

bool leavesAsItIs(const Territory& present, const ImportDocument& document) {
    const auto& wanted = document.territory;
    return wanted.name == present.name && wanted.timezone == present.timezone &&
           (!wanted.alsaceMoselle || wanted.alsaceMoselle == present.alsaceMoselle) &&
           wanted.communes.empty() && wanted.offices.empty() && wanted.facilities.empty() &&
           document.noOffices.empty() && document.noCommunes.empty();
}

std::vector<PlannedCell> plannedCells(const ImportDocument& document, const Territory& after, Instant now,
                                      ImportReport& report) {
    const auto& zone = *date::locate_zone(after.timezone);
    const auto today = localDate(now, zone);
    std::vector<PlannedCell> planned;
    std::set<CellKey> seen;
    StaleTimes staleTimes(zone);
    for (std::size_t i = 0; i < document.cells.size(); ++i) {
        const auto& cell = document.cells[i];
        const auto field = "cells[" + std::to_string(i) + "]";
        const auto date = cell.date ? *cell.date : today + date::days{cell.day.value_or(0)};
        CellKey key{cell.facility, date, cell.period, cell.section};
        const auto* facility = after.facilities.find(cell.facility);
        const auto* why = obstacle(facility, cell, date, today, now);
        if (!why && !seen.insert(key).second) why = "the same cell again";
        if (why) {
            report.skipped.push_back({field, why});
            continue;
        }
        planned.push_back({field,
                           {std::move(key), cell.open, cell.reserved, cell.confirmedAt,
                            staleTimes.of(cell.confirmedAt.value_or(now), date, *facility)}});
    }
    return planned;
}

std::vector<ImportCells::Item> cellsToWrite(std::vector<PlannedCell> planned,
                                            const std::map<CellKey, Cell>& present, bool onlyAbsent,
                                            ImportReport& report) {
    std::vector<ImportCells::Item> items;
    for (auto& [field, item] : planned) {
        const auto found = present.find(item.cell);
        if (found == present.end()) {
            ++report.created;
        } else {
            const auto& cell = found->second;
            if (onlyAbsent) continue;
            if (item.open < cell.open && item.open < cell.committed()) {
                report.skipped.push_back({field, moreTaken});
                continue;
            }
            if (item.open != cell.open || item.reserved != cell.reserved) ++report.changed;
        }
        items.push_back(std::move(item));
    }
    return items;
}

}  // namespace placette::service
