#include "protocol/counts_sheet.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>

#include "placette/domain/cell.hpp"
#include "protocol/csv.hpp"
#include "protocol/same_text.hpp"

namespace placette {
namespace {

constexpr std::array<const char*, 7> dayNames{"lundi",    "mardi",  "mercredi", "jeudi",
                                              "vendredi", "samedi", "dimanche"};
constexpr std::size_t mostSheetFaults = 100;
constexpr std::size_t mostKnownNames = 20;  // told of what there is
constexpr std::size_t longestSpan = 400;    // days

std::string namesOfAll(const auto& all) {
    std::string names;
    std::size_t count = 0;
    for (const auto& one : all) {
        if (++count > mostKnownNames) return names + " …";
        names += (names.empty() ? "" : ", ") + one.name;
    }
    return names;
}

// By its name or its id, however it is written.
template <class All>
auto knownAsIn(const All& all, const std::string& written) -> decltype(&*all.begin()) {
    const auto key = nameKey(written);
    for (const auto& one : all)
        if (one.id == key || nameKey(one.name) == key) return &one;
    return nullptr;
}

std::optional<int> countIn(std::string_view text) {
    int value = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
    const bool whole = read.ec == std::errc() && read.ptr == text.data() + text.size();
    return whole && value >= 0 && value <= maxPlaces ? std::optional(value) : std::nullopt;
}

// 1/12/2026, 01/12/2026 or 2026-12-01.
std::optional<Date> sheetDate(std::string_view text) {
    if (const auto iso = dateFrom(text)) return iso;
    const auto first = text.find('/'), second = text.find('/', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) return std::nullopt;
    const auto padded = [](std::string_view digits) {
        return (digits.size() == 1 ? "0" : "") + std::string(digits);
    };
    return dateFrom(std::string(text.substr(second + 1)) + '-' +
                    padded(text.substr(first + 1, second - first - 1)) + '-' + padded(text.substr(0, first)));
}

std::optional<int> sheetWeekday(const std::string& text) {
    const auto key = nameKey(text);
    for (std::size_t i = 0; i < dayNames.size(); ++i)
        if (key == dayNames[i]) return static_cast<int>(i) + 1;
    return std::nullopt;
}

class SheetReader {
public:
    SheetReader(const Territory& territory, std::optional<std::pair<Date, Date>> span)
        : territory_(territory), span_(span) {}

    Result<CountsSheet> read(std::string_view bytes) {
        const auto rows = readCsv(bytes);
        if (!rows) return told({rows.error()});
        if (rows->empty()) return told({{"line 1", "is missing: the names of the columns"}});
        readHead(rows->front());
        if (faults_.empty())
            for (auto row = rows->begin() + 1; row != rows->end(); ++row) readRow(*row);
        if (!faults_.empty()) return told(std::move(faults_));
        return std::move(sheet_);
    }

private:
    static tl::unexpected<Problem> told(std::vector<Fault> faults) {
        Problem problem{ProblemType::invalid_params, faults.front().detail, faults.front().field};
        problem.faults = std::move(faults);
        return tl::unexpected(std::move(problem));
    }

    void refuse(std::size_t line, const std::string& column, const std::string& what) {
        if (faults_.size() < mostSheetFaults)
            faults_.push_back({"line " + std::to_string(line), column + ": " + what});
    }

    void readHead(const CsvRow& head) {
        for (std::size_t i = 0; i < head.fields.size(); ++i) {
            const auto key = nameKey(head.fields[i]);
            if (key.empty()) continue;
            const bool known = key == "structure" || key == "date" || key == "jour" || key == "creneau" ||
                               key == "section" || key == "places" || key == "dont insertion";
            if (!known)
                refuse(
                    head.line, head.fields[i],
                    "is no column here: structure, date or jour, créneau, section, places, dont insertion");
            else if (!columns_.emplace(key, i).second)
                refuse(head.line, head.fields[i], "is there twice");
        }
        for (const char* needed : {"structure", "creneau", "section", "places"})
            if (!columns_.contains(needed)) refuse(head.line, needed, "this column is missing");
        if (columns_.contains("date") == columns_.contains("jour"))
            refuse(head.line, "date", "one of the columns date and jour is needed");
        else if (columns_.contains("jour") != span_.has_value())
            refuse(head.line, columns_.contains("jour") ? "jour" : "date",
                   span_ ? "a first and a last day go with a typical week (column jour)"
                         : "a typical week needs its first and last day");
        if (span_ && (span_->second < span_->first ||
                      span_->second - span_->first > date::days{static_cast<int>(longestSpan)}))
            refuse(head.line, "jour", "the last day is before the first, or more than 400 days after it");
    }

    std::string valueOf(const CsvRow& row, const char* column) const {
        const auto found = columns_.find(column);
        const bool there = found != columns_.end() && found->second < row.fields.size();
        if (!there) return {};
        const auto& text = row.fields[found->second];
        const auto begin = text.find_first_not_of(" \t"), end = text.find_last_not_of(" \t");
        return begin == std::string::npos ? std::string() : text.substr(begin, end - begin + 1);
    }

    void readRow(const CsvRow& row) {
        ImportedCell cell;
        const auto name = valueOf(row, "structure");
        const auto* facility = knownAsIn(territory_.facilities, name);
        if (!facility) {
            refuse(row.line, "structure",
                   "there is no « " + name + " »: " + namesOfAll(territory_.facilities));
        } else {
            cell.facility = facility->id;
            cell.period = partOf(row, "creneau", facility->periods);
            cell.section = partOf(row, "section", facility->sections);
        }
        cell.open = count(row, "places", false);
        cell.reserved = count(row, "dont insertion", true);
        if (columns_.contains("jour"))
            addWeek(row, cell, facility);
        else
            addDate(row, cell);
    }

    template <class Parts>
    std::string partOf(const CsvRow& row, const char* column, const Parts& parts) {
        const auto name = valueOf(row, column);
        const auto* part = knownAsIn(parts, name);
        if (part) return part->id;
        refuse(row.line, column, "there is no « " + name + " »: " + namesOfAll(parts));
        return {};
    }

    int count(const CsvRow& row, const char* column, bool mayBeBlank) {
        const auto text = valueOf(row, column);
        if (text.empty() && mayBeBlank) return 0;
        const auto value = countIn(text);
        if (!value) refuse(row.line, column, "« " + text + " » is no number of 0 to 999");
        return value.value_or(0);
    }

    void addDate(const CsvRow& row, ImportedCell cell) {
        const auto text = valueOf(row, "date");
        cell.date = sheetDate(text);
        if (!cell.date) return refuse(row.line, "date", "« " + text + " » is no day, as 01/12/2026");
        add(row, std::move(cell));
    }

    // Days on which it is closed are left out.
    void addWeek(const CsvRow& row, const ImportedCell& cell, const Facility* facility) {
        const auto text = valueOf(row, "jour");
        const auto weekday = sheetWeekday(text);
        if (!weekday) return refuse(row.line, "jour", "« " + text + " » is no day: lundi, mardi …");
        const auto* period = facility ? facility->period(cell.period) : nullptr;
        if (!period) return;
        if (std::ranges::find(period->days, *weekday) == period->days.end())
            return refuse(row.line, "jour", "« " + period->name + " » is not open on a " + text);
        for (auto day = span_->first; day <= span_->second; day += date::days{1}) {
            if (static_cast<int>(date::weekday{day}.iso_encoding()) != *weekday || facility->closedBy(day))
                continue;
            auto one = cell;
            one.date = day;
            add(row, std::move(one));
        }
    }

    void add(const CsvRow& row, ImportedCell cell) {
        sheet_.cells.push_back(std::move(cell));
        sheet_.lines.push_back(row.line);
    }

    const Territory& territory_;
    const std::optional<std::pair<Date, Date>> span_;
    std::map<std::string, std::size_t, std::less<>> columns_;
    std::vector<Fault> faults_;
    CountsSheet sheet_;
};

}  // namespace

Result<CountsSheet> readCountsSheet(std::string_view bytes, const Territory& territory,
                                    std::optional<std::pair<Date, Date>> span) {
    return SheetReader(territory, span).read(bytes);
}

}  // namespace placette
