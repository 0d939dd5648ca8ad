#include "protocol/territory_document.hpp"

#include <set>
#include <stdexcept>

#include "protocol/encode.hpp"
#include "protocol/facility_reader.hpp"
#include "protocol/json_text.hpp"
#include "protocol/text_checks.hpp"

namespace placette {

namespace {

constexpr std::size_t maxListed = 1000;  // in one document; several make a greater territory
constexpr std::size_t maxStored = 1'000'000;
constexpr std::size_t maxCells = 1'000'000;  // the size of a message is bounded elsewhere

template <class T, class Read>
void readDistinct(Params& p, std::string_view name, std::size_t most, std::vector<T>& all, std::string T::*id,
                  Read read) {
    std::set<std::string> ids;
    p.objects(name, 0, most, [&](Params& each) {
        auto value = read(each);
        if (!ids.insert(value.*id).second) each.refuse("id", "is there twice");
        all.push_back(std::move(value));
    });
}

bool isTimeZone(const std::string& name) {
    try {
        return date::locate_zone(name) != nullptr;
    } catch (const std::runtime_error&) {
        return false;
    }
}

void readHead(Territory& territory, Params& p, std::size_t most) {
    territory.id = p.territory("id");
    territory.name = p.text("name", 1, 200);
    territory.timezone = p.text("timezone", 1, 64);
    territory.alsaceMoselle = p.optional(&Params::flag, "alsaceMoselle");
    if (!isTimeZone(territory.timezone)) p.refuse("timezone", "must be an IANA time zone, e.g. Europe/Paris");
    readDistinct(p, "communes", most, territory.communes, &Commune::insee, communeIn);
}

void readRest(Territory& territory, Params& p, std::size_t most) {
    readDistinct(p, "offices", most, territory.offices, &Office::id, officeIn);
    std::vector<Facility> facilities;
    readDistinct(p, "facilities", most, facilities, &Facility::id, facilityIn);
    for (auto& facility : facilities) territory.facilities.add(std::move(facility));
}

int dayIn(Params& p) {  // "+12"
    const auto text = p.text("day", 2, 4);
    const auto digits = std::string_view(text).substr(text.empty() ? 0 : 1);
    if (text.starts_with('+') && !digits.empty() && std::ranges::all_of(digits, isDigit))
        return std::stoi(std::string(digits));
    p.refuse("day", "must be days from today, e.g. +1");
    return 0;
}

ImportedCell cellIn(Params& p) {
    ImportedCell cell;
    cell.facility = p.id("facility");
    cell.period = p.id("period");
    cell.section = p.id("section");
    cell.open = p.integer("open", 0, maxPlaces);
    cell.reserved = p.optional(&Params::integer, "reserved", 0, maxPlaces).value_or(0);
    cell.confirmedAt = p.optional(&Params::instant, "confirmedAt");
    if (p.has("day"))
        cell.day = dayIn(p);
    else
        cell.date = p.date("date");
    return cell;
}

std::string fieldOf(const std::string& facility) {
    return "facility:" + facility;
}

bool sameHead(const Territory& one, const Territory& other) {
    return one.name == other.name && one.timezone == other.timezone &&
           one.alsaceMoselle == other.alsaceMoselle && one.communes == other.communes &&
           one.offices == other.offices && one.facilities.sameIds(other.facilities);
}

std::string storedHead(const Territory& territory) {
    std::string out;
    appendHead(out, territory);
    appendOffices(out, territory);
    out += R"(,"facilities":)";
    encode::array(out, territory.facilities, [](std::string& to, const Facility& facility) {
        encode::append(to, encode::Quoted{facility.id});
    });
    out += '}';
    return out;
}

template <class Read>
std::optional<Problem> readField(const TerritoryFields& fields, const std::string& field, Read read) {
    const auto found = fields.find(field);
    const auto value = found == fields.end() ? Json() : Json::parse(found->second);
    Params p(value, field);
    read(p);
    return p.problem();
}

}  // namespace

Result<ImportDocument> readImportDocument(Json::Value value, const std::string& path) {
    ImportDocument document;
    Params p(value, path, Params::Tells::all);
    p.object("territory", [&](Params& head) { readHead(document.territory, head, maxListed); });
    readRest(document.territory, p, maxListed);
    p.objects("cells", 0, maxCells, [&](Params& each) { document.cells.push_back(cellIn(each)); });
    p.optionalObject("remove", [&](Params& gone) {
        document.noOffices = gone.distinct(&Params::id, "offices", 0, maxListed);
        document.noCommunes = gone.distinct(&Params::insee, "communes", 0, maxListed);
    });
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    return document;
}

Result<Facility> readFacility(Json::Value value, const std::string& path) {
    Params p(value, path);
    auto facility = facilityIn(p);
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    return facility;
}

void appendHead(std::string& out, const Territory& territory) {
    encode::append(out, R"({"id":")", territory.id, R"(","name":)", encode::Escaped{territory.name},
                   R"(,"timezone":")", territory.timezone, '"');
    if (territory.alsaceMoselle) encode::append(out, R"(,"alsaceMoselle":)", *territory.alsaceMoselle);
    out += R"(,"communes":)";
    encode::array(out, territory.communes, encode::commune);
}

void appendOffices(std::string& out, const Territory& territory) {
    out += R"(,"offices":)";
    encode::array(out, territory.offices, encode::office);
}

TerritoryFields writeTerritory(const Territory& territory, const Territory* before) {
    TerritoryFields fields;
    if (!before || !sameHead(*before, territory)) fields["territory"] = storedHead(territory);
    const auto& all = territory.facilities;
    for (std::size_t i = 0; i < all.size(); ++i) {
        const auto* known = before ? before->facilities.find(all[i].id, i) : nullptr;
        if (known == &all[i] || (known && *known == all[i])) continue;
        encode::facility(fields[fieldOf(all[i].id)], all[i], encode::FacilityView::whole);
    }
    return fields;
}

Result<Territory> readTerritory(const TerritoryFields& fields) {
    Territory territory;
    std::vector<std::string> ids;
    auto bad = readField(fields, "territory", [&](Params& p) {
        readHead(territory, p, maxStored);
        readDistinct(p, "offices", maxStored, territory.offices, &Office::id, officeIn);
        ids = p.distinct(&Params::id, "facilities", 0, maxStored);
    });
    for (const auto& id : ids) {
        if (bad) break;
        bad = readField(fields, fieldOf(id), [&](Params& p) { territory.facilities.add(facilityIn(p)); });
    }
    if (bad) return tl::unexpected(std::move(*bad));
    return territory;
}

}  // namespace placette
