#include <algorithm>
#include <map>
#include <set>

#include "domain/french.hpp"
#include "placette/domain/distance.hpp"
#include "placette/domain/plan.hpp"

namespace placette {
namespace {

constexpr std::size_t daysNamed = 3;  // of more, how many

// The half-days of a need as they are said: by day, with the half-day's name only where not all of that day's
// are meant.
class Days {
public:
    Days(const PlanNeed& need, const Facility& facility) : need_(need), facility_(facility) {}

    std::string text(const std::set<std::size_t>& wants) const {
        std::map<Date, std::vector<std::size_t>> byDate;
        for (const auto want : wants) byDate[need_.wants[want].date].push_back(want);
        std::vector<std::string> days;
        for (const auto& [date, ofDay] : byDate) {
            if (days.size() == daysNamed && byDate.size() > daysNamed + 1) {
                days.push_back(std::to_string(byDate.size() - daysNamed) + " autres jours");
                break;
            }
            days.push_back(french::day(date) + namesOf(date, ofDay));
        }
        return french::list(days);
    }

    static std::size_t count(const PlanNeed& need, const std::set<std::size_t>& wants) {
        std::set<Date> dates;
        for (const auto want : wants) dates.insert(need.wants[want].date);
        return dates.size();
    }

private:
    std::string namesOf(Date date, const std::vector<std::size_t>& ofDay) const {
        const auto all = std::ranges::count(need_.wants, date, &Want::date);
        if (static_cast<std::size_t>(all) == ofDay.size()) return {};
        std::vector<std::string> names;
        for (const auto want : ofDay) {
            const auto* period = facility_.period(need_.wants[want].period);
            names.push_back(french::lower(period ? period->name : need_.wants[want].period));
        }
        return " (" + french::list(names) + ')';
    }

    const PlanNeed& need_;
    const Facility& facility_;
};

// Not within another word: one may also « se garer » there.
bool saysWord(std::string_view text, std::string_view word) {
    const auto isLetter = [](char c) { return (c | 0x20) >= 'a' && (c | 0x20) <= 'z'; };
    for (auto at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
        const auto end = at + word.size();
        if ((at == 0 || !isLetter(text[at - 1])) && (end == text.size() || !isLetter(text[end]))) return true;
    }
    return false;
}

bool statesAccess(const Facility& facility) {
    return saysWord(facility.access, "pied") || saysWord(facility.access, "gare") ||
           saysWord(facility.access, "train");
}

class Words {
public:
    Words(const Plan& plan, const PlanNeed& need, const std::vector<PlanHouse>& houses, bool detour)
        : plan_(plan), need_(need), houses_(houses), detour_(detour) {}

    std::vector<std::string> all() {
        where();
        together();
        known();
        distances();
        sections();
        breaks();
        stale();
        missing();
        return std::move(lines_);
    }

private:
    const PlanHouse& house(const PlanPart& part) const { return houses_[part.house]; }
    const Facility& facility(const PlanPart& part) const { return *house(part).facility; }
    bool several() const { return need_.children.size() > 1; }
    static std::string colon() { return std::string(french::space) + ": "; }
    static std::string semicolon() { return std::string(french::space) + "; "; }

    std::set<std::size_t> wantsOf(const PlanPart& part) const {
        std::set<std::size_t> wants;
        for (std::size_t want = 0; want < need_.wants.size(); ++want) {
            const auto& asked = need_.wants[want];
            const auto isOf = [&](const PlannedPlace& place) {
                return place.date == asked.date && (asked.period.empty() || place.period == asked.period);
            };
            if (std::ranges::any_of(part.places, isOf)) wants.insert(want);
        }
        return wants;
    }

    std::string said(const std::set<std::size_t>& wants) const {
        return Days(need_, facility(plan_.parts.front())).text(wants);
    }

    void where() {
        const auto& first = facility(plan_.parts.front());
        if (plan_.parts.size() == 1) {
            const auto place = first.name + ", " + first.commune.name;
            const bool isAll = plan_.complete() && need_.wants.size() > 1;
            return lines_.push_back(isAll ? "Tout au même endroit" + colon() + place : place);
        }
        const auto& second = facility(plan_.parts.back());
        const auto here = wantsOf(plan_.parts.front()), there = wantsOf(plan_.parts.back());
        if (need_.wants[*here.rbegin()].date < need_.wants[*there.begin()].date)
            return lines_.push_back(first.name + ", puis " + second.name + " à partir du " +
                                    french::day(need_.wants[*there.begin()].date) + between());
        if (need_.wants[*there.rbegin()].date < need_.wants[*here.begin()].date)
            return lines_.push_back(second.name + ", puis " + first.name + " à partir du " +
                                    french::day(need_.wants[*here.begin()].date) + between());
        const bool isOne = Days::count(need_, there) == 1;
        lines_.push_back(first.name + " sauf " + said(there) + whyNot(first, there) + semicolon() +
                         (isOne ? "ce jour-là " : "ces jours-là ") + second.name + between());
    }

    std::string whyNot(const Facility& first, const std::set<std::size_t>& wants) const {
        const auto isClosed = [&](std::size_t want) { return !first.opensOn(need_.wants[want].date); };
        return std::ranges::all_of(wants, isClosed) ? " (fermé)" : "";
    }

    std::string between() const {
        const auto& first = facility(plan_.parts.front());
        const auto& second = facility(plan_.parts.back());
        const auto here = pointOf(first, {}), there = pointOf(second, {});
        if (!here || !there) return {};
        return ", à " + french::distance(kilometresBetween(*here, *there)) + " de là";
    }

    void together() {
        if (!several()) return;
        if (plan_.apart.empty()) {
            if (plan_.missing.empty()) lines_.emplace_back("Frères et sœurs ensemble");
            return;
        }
        lines_.push_back("Frères et sœurs dans deux structures" + colon() +
                         said({plan_.apart.begin(), plan_.apart.end()}));
    }

    void known() {
        const std::string been = several() ? "Déjà venus" : "Déjà venu";
        for (const auto& part : plan_.parts)
            if (house(part).known)
                lines_.push_back(plan_.parts.size() == 1 ? been + " dans cette structure"
                                                         : been + colon() + facility(part).name);
    }

    void distances() {
        if (plan_.km)
            lines_.push_back(detour_ ? "Détour de " + french::distance(*plan_.km) + " sur le trajet"
                                     : "À " + french::distance(*plan_.km));
        if (!std::ranges::all_of(plan_.parts, [&](const auto& part) { return house(part).onFoot; })) return;
        const auto& only = facility(plan_.parts.front());
        lines_.push_back(plan_.parts.size() == 1 && statesAccess(only) ? "Sans voiture" + colon() + only.access
                                                                       : "Sans voiture");
    }

    void sections() {
        for (const auto& part : plan_.parts)
            for (std::size_t child = 0; child < need_.children.size(); ++child) changes(part, child);
    }

    // Who grows out of a section while the need lasts.
    void changes(const PlanPart& part, std::size_t child) {
        const PlannedPlace* before = nullptr;
        for (const auto& place : part.places) {
            if (static_cast<std::size_t>(place.child) != child) continue;
            if (before && before->section != place.section && before->date != place.date) {
                const auto months = ageMonths(need_.children[child], place.date);
                lines_.push_back(std::to_string(months) + " mois le " + french::day(place.date) + colon() +
                                 facility(part).section(place.section)->name);
            }
            before = &place;
        }
    }

    // By the clock, where the facility is closed at noon.
    void breaks() {
        std::set<std::string> said;
        for (const auto& part : plan_.parts)
            for (const auto& want : need_.wants)
                for (const auto& hours : want.hours)
                    for (const auto& text : breaksIn(part, want.date, hours))
                        if (said.insert(text).second) lines_.push_back(text);
    }

    std::vector<std::string> breaksIn(const PlanPart& part, Date date, Hours hours) const {
        std::set<std::pair<TimeOfDay, TimeOfDay>> taken;
        for (const auto& place : part.places)
            if (const auto* period = facility(part).period(place.period); place.date == date)
                taken.emplace(period->start, period->end);
        std::vector<std::string> texts;
        TimeOfDay until{24 * 60};
        for (const auto& [start, end] : taken) {
            if (until < start && hours.start < start && until < hours.end)
                texts.push_back("Fermé de " + french::hour(until) + " à " + french::hour(start) +
                                colon() + (several() ? "les enfants sont" : "l’enfant est") + " à reprendre");
            until = until == TimeOfDay{24 * 60} ? end : std::max(until, end);
        }
        return texts;
    }

    void stale() {
        std::set<std::size_t> wants;
        for (const auto& part : plan_.parts)
            for (const auto& place : part.places)
                for (std::size_t want = 0; place.stale && want < need_.wants.size(); ++want)
                    if (const auto& asked = need_.wants[want];
                        asked.date == place.date && (asked.period.empty() || asked.period == place.period))
                        wants.insert(want);
        if (wants.empty()) return;
        const auto all = need_.wants.size();
        lines_.push_back("Nombre de places à vérifier" + (wants.size() == all ? "" : colon() + said(wants)));
    }

    void missing() {
        std::set<std::size_t> whole, some;
        for (const auto& [want, child] : plan_.missing) some.insert(want);
        for (const auto want : some)
            if (static_cast<std::size_t>(std::ranges::count(plan_.missing, want, &MissingPlace::want)) ==
                need_.children.size())
                whole.insert(want);
        for (const auto want : whole) some.erase(want);
        if (!whole.empty()) lines_.push_back("Sans place" + colon() + said(whole));
        if (!some.empty()) lines_.push_back("Pas de place pour tous" + colon() + said(some));
    }

    const Plan& plan_;
    const PlanNeed& need_;
    const std::vector<PlanHouse>& houses_;
    const bool detour_;
    std::vector<std::string> lines_;
};

}  // namespace

std::vector<std::string> whyOf(const Plan& plan, const PlanNeed& need, const std::vector<PlanHouse>& houses,
                               bool detour) {
    return Words(plan, need, houses, detour).all();
}

bool reachedOnFoot(const Facility& facility, std::optional<double> km) {
    return (km && *km <= walkableKm) || statesAccess(facility);
}

}  // namespace placette
