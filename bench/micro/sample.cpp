#include "sample.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "redis/booking_record.hpp"
#include "redis/cell_text.hpp"
#include "redis/codec.hpp"

namespace placette::sample {

using namespace std::chrono_literals;

const std::string territory = "200000925";
const Instant now = *instantFrom("2026-11-22T16:02:11Z");
const Date firstDay = *dateFrom("2026-11-23");

namespace {

constexpr const char* periods[]{"matin", "apres-midi"};
constexpr const char* sections[]{"bebes", "moyens", "grands"};

std::string facilityId(int n) {
    return "genlis-lucioles-" + std::to_string(n + 1);
}

Facility facility(int n) {
    Facility made;
    made.id = facilityId(n);
    made.name = "Les Lucioles " + std::to_string(n + 1);
    made.commune = {"21292", "Genlis"};
    made.address = "1 rue des Lucioles, 21110 Genlis";
    made.phone = "03 53 01 09 01";
    made.latitude = 47.24315;
    made.longitude = 5.22579;
    made.capacity = 60;
    for (const auto* section : sections) made.sections.push_back({section, section, 0, 72});
    made.periods = {{"matin", "Matin", 8h, 12h + 30min, {1, 2, 3, 4, 5, 6, 7}, {}},
                    {"apres-midi", "Après-midi", 13h + 30min, 18h, {1, 2, 3, 4, 5, 6, 7}, {}}};
    return made;
}

}  // namespace

std::shared_ptr<const Directory> directory(Size size) {
    auto known = std::make_shared<KnownTerritory>();
    known->territory.id = known->territory.name = territory;
    for (int n = 0; n < size.facilities; ++n) known->territory.facilities.add(facility(n));
    return std::make_shared<const Directory>(
        std::map<std::string, Directory::Entry, std::less<>>{{territory, std::move(known)}});
}

hub::BoardFilter filter(Size size) {
    return {territory, firstDay, size.days, {}};
}

std::vector<CellState> cells(Size size) {
    Cell stated;
    stated.open = 20;
    stated.reserved = 2;
    stated.version = 1;
    stated.confirmedAt = now;
    stated.staleAt = now + 24h;
    std::vector<CellState> states;
    for (int facility = 0; facility < size.facilities; ++facility)
        for (int day = 0; day < size.days; ++day)
            for (const auto* period : periods)
                for (const auto* section : sections)
                    states.push_back(
                        {{facilityId(facility), firstDay + date::days{day}, period, section}, stated});
    return states;
}

Booking booking(int n) {
    const auto facility = n % town.facilities;
    const auto firstPeriod = n % (town.days * static_cast<int>(std::size(periods)) - 2);
    Booking made;
    made.id = territory + ".01KASD" + std::to_string(1'000'000 + n);
    made.facility = facilityId(facility);
    made.office = "esco-genlis";
    for (int id = 0; id < 3; ++id) {
        const int period = firstPeriod + id;
        auto& place = made.places.emplace_back();
        place.id = id;
        place.date = firstDay + date::days{period / 2};
        place.period = periods[period % 2];
        place.section = sections[1];
        place.arrive = 8h + 15min;
        place.leave = 11h + 45min;
        place.bookableUntil = Instant{place.date} + 10h;
        place.endsAt = Instant{place.date} + 11h + 30min;
    }
    made.children = {{"2025-03", true}};
    made.bookedBy = {"worker@demo", "Camille Martin", "03 53 01 09 00"};
    made.purpose = Purpose::job_interview;
    made.caseRef = "G-" + std::to_string(n);
    made.commune = "21292";
    return made;
}

Log::Log(Size size) : cells_(cells(size)) {}

std::string Log::change(CellState& state) {
    auto& [name, cell] = state;
    ++cell.version;
    cell.open = 20 + static_cast<int>(cell.version % 2);
    return redis::cellName(name) + '|' + redis::encodeCell(cell);
}

std::string Log::nextId() {
    return std::to_string(++head_) + "-0";
}

redis::RawEntry Log::adjusted() {
    // A prime apart: changes that follow each other are of different facilities and days.
    auto cell = change(cells_[static_cast<std::size_t>(head_) * 7919 % cells_.size()]);
    return {nextId(), {"cells", std::move(cell)}};
}

redis::RawEntry Log::booked() {
    const auto made = booking(static_cast<int>(head_));
    std::string record;
    redis::appendNewRecord(record, made);
    record.back() = ',';  // to be gone on with
    record += R"("id":")" + made.id + R"(","state":"confirmed","version":1,"createdAt":)" +
              std::to_string(redis::millis(now)) + '}';
    std::string touched;
    for (const auto& place : made.places) {
        const CellKey taken{made.facility, place.date, place.period, place.section};
        if (!touched.empty()) touched += '\n';
        touched += change(*std::ranges::find(cells_, taken, &CellState::key));
    }
    return {nextId(), {"cells", std::move(touched), "bookings", std::move(record)}};
}

std::vector<Question> questions() {
    return {
        {"availability.adjust",
         R"({"jsonrpc":"2.0","id":3,"method":"availability.adjust","params":{"facility":"genlis-lucioles-1",)"
         R"("key":"019ab8d2-6c1e-7c40-9f3a-5d1f0c8e2b71","cells":[{"date":"2026-11-25","period":"matin",)"
         R"("section":"moyens","by":1}]}})"},
        {"booking.create",
         R"({"jsonrpc":"2.0","id":4,"method":"booking.create","params":{"facility":"genlis-lucioles-1",)"
         R"("key":"019ab8d3-0b6e-7d1d-8c55-2f6a5f0e9a10","places":[)"
         R"({"date":"2026-11-25","period":"matin","arrive":"08:15","leave":"11:45","meal":false},)"
         R"({"date":"2026-11-25","period":"apres-midi"},{"date":"2026-11-26","period":"matin"}],)"
         R"("children":[{"ageMonths":20,"walker":true}],"care":"vip","purpose":"job_interview",)"
         R"("caseRef":"G-1042","commune":"21292"}})"},
        {"board.subscribe",
         R"({"jsonrpc":"2.0","id":2,"method":"board.subscribe","params":{"territory":"200000925",)"
         R"("from":"2026-11-23","days":14,"since":{"epoch":"01KASDQ6Y0","offset":4711}}})"},
    };
}

}  // namespace placette::sample
