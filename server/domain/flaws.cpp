#include "placette/domain/flaws.hpp"

#include <algorithm>

namespace placette {
namespace {

std::string at(const std::string& list, std::size_t index) {
    return list + "[" + std::to_string(index) + "]";
}

std::string quoted(const std::string& text) {
    return "\"" + text + "\"";
}

std::string months(int from, int to) {
    return std::to_string(from) + " to " + std::to_string(to) + " months";
}

void checkInsee(std::vector<Flaw>& flaws, const std::string& insee, std::string field) {
    if (!isPossibleInsee(insee))
        flaws.push_back({std::move(field),
                         insee + " can be no commune's code: it begins with 01 to 95, 2A, 2B or 971 to 989",
                         true});
}

void checkSections(std::vector<Flaw>& flaws, const std::vector<Section>& sections, const std::string& path) {
    for (std::size_t i = 0; i < sections.size(); ++i)
        for (std::size_t j = 0; j < i; ++j) {
            const int from = std::max(sections[i].minAgeMonths, sections[j].minAgeMonths);
            const int to = std::min(sections[i].maxAgeMonths, sections[j].maxAgeMonths);
            if (from < to)
                flaws.push_back({at(path + "sections", i), "takes children of " + months(from, to) + ", as " +
                                                               quoted(sections[j].name) +
                                                               " does, which gets them"});
        }
    auto ordered = sections;
    std::ranges::sort(ordered, {}, &Section::minAgeMonths);
    int until = ordered.empty() ? 0 : ordered.front().minAgeMonths;
    for (const auto& section : ordered) {
        if (section.minAgeMonths > until)
            flaws.push_back(
                {path + "sections", "none takes children of " + months(until, section.minAgeMonths)});
        until = std::max(until, section.maxAgeMonths);
    }
}

bool meet(const Period& one, const Period& other) {
    return one.start < other.end && other.start < one.end && std::ranges::any_of(one.days, [&](int day) {
               return std::ranges::find(other.days, day) != other.days.end();
           });
}

void checkPeriods(std::vector<Flaw>& flaws, const std::vector<Period>& periods, const std::string& path) {
    for (std::size_t i = 0; i < periods.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (meet(periods[i], periods[j]))
                flaws.push_back({at(path + "periods", i), "overlaps " + quoted(periods[j].name) +
                                                              ": a child of both is counted in each"});
}

void checkTwice(std::vector<Flaw>& flaws, const Facility& facility, const std::string& path) {
    const auto isAgain = [](const auto& all, std::size_t i) {
        const auto end = all.begin() + static_cast<std::ptrdiff_t>(i);
        return std::find(all.begin(), end, all[i]) != end;
    };
    for (std::size_t i = 0; i < facility.bring.size(); ++i)
        if (isAgain(facility.bring, i))
            flaws.push_back({at(path + "bring", i), quoted(facility.bring[i]) + " is there twice", true});
    for (std::size_t i = 0; i < facility.closures.size(); ++i)
        if (isAgain(facility.closures, i))
            flaws.push_back({at(path + "closures", i), "is there twice", true});
}

}  // namespace

bool isPossibleInsee(std::string_view code) {
    if (code.size() != 5) return false;
    const auto department = code.substr(0, 2);
    const bool overseas = department == "97" || department == "98";
    const bool isNumber = department.find_first_not_of("0123456789") == std::string_view::npos;
    const bool known = department == "2A" || department == "2B" || overseas ||
                       (isNumber && department >= "01" && department <= "95" && department != "20");
    const auto rest = code.substr(overseas ? 3 : 2);
    return known && rest.find_first_not_of('0') != std::string_view::npos && (!overseas || code[2] != '0');
}

std::vector<Flaw> flawsOf(const Facility& facility, const std::string& path) {
    std::vector<Flaw> flaws;
    checkInsee(flaws, facility.commune.insee, path + "commune.insee");
    checkSections(flaws, facility.sections, path);
    checkPeriods(flaws, facility.periods, path);
    checkTwice(flaws, facility, path);
    return flaws;
}

std::vector<Flaw> flawsOf(const Territory& named, const Territory& after) {
    std::vector<Flaw> flaws;
    const auto mustBeOurs = [&](const std::string& insee, std::string field) {
        if (!insee.empty() &&
            std::ranges::find(after.communes, insee, &Commune::insee) == after.communes.end())
            flaws.push_back({std::move(field), insee + " is none of the territory's communes"});
    };
    for (std::size_t i = 0; i < named.communes.size(); ++i)
        checkInsee(flaws, named.communes[i].insee, at("territory.communes", i) + ".insee");
    for (std::size_t i = 0; i < named.offices.size(); ++i)
        if (!named.offices[i].commune.empty())
            checkInsee(flaws, named.offices[i].commune, at("offices", i) + ".commune");
    for (std::size_t i = 0; i < named.facilities.size(); ++i) {
        const auto& facility = named.facilities[i];
        const auto path = at("facilities", i) + ".";
        std::ranges::move(flawsOf(facility, path), std::back_inserter(flaws));
        if (isPossibleInsee(facility.commune.insee))
            mustBeOurs(facility.commune.insee, path + "commune.insee");
    }
    return flaws;
}

}  // namespace placette
