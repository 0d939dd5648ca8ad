#include "service/booking_request.hpp"

#include <set>
#include <tuple>

#include "protocol/params.hpp"
#include "service/contact.hpp"

namespace placette::service {

namespace {

constexpr std::size_t maxChildren = 60;
constexpr int oldestChild = 216;

WantedPlace placeIn(Params& p) {
    WantedPlace place;
    place.date = p.date("date");
    place.period = p.id("period");
    place.section = p.optional(&Params::id, "section");
    place.child = p.optional(&Params::integer, "child", 0, static_cast<int>(maxChildren) - 1).value_or(0);
    place.arrive = p.optional(&Params::timeOfDay, "arrive");
    place.leave = p.optional(&Params::timeOfDay, "leave");
    place.meal = p.optional(&Params::flag, "meal");
    return place;
}

std::string placePath(std::size_t index) {
    return "places[" + std::to_string(index) + "]";
}

// Each place has its child, each child a place, and nobody is in two sections at once.
void checkChildren(Params& p, const BookingRequest& request) {
    std::set<int> cared;
    std::set<std::tuple<int, Date, std::string>> slots;
    for (std::size_t i = 0; i < request.places.size(); ++i) {
        const auto& place = request.places[i];
        if (static_cast<std::size_t>(place.child) >= request.children.size())
            p.refuse(placePath(i) + ".child", "there is no such child");
        if (!slots.emplace(place.child, place.date, place.period).second)
            p.refuse(placePath(i), "the child has a place then already");
        cared.insert(place.child);
    }
    for (std::size_t i = 0; i < request.children.size(); ++i)
        if (!cared.contains(static_cast<int>(i)))
            p.refuse("children[" + std::to_string(i) + "]", "no place is for this child");
}

}  // namespace

WantedChild childIn(Params& p) {
    WantedChild child;
    if (p.has("ageMonths"))
        child.ageMonths = p.integer("ageMonths", 0, oldestChild);
    else
        child.birthMonth = p.month("birthMonth");
    child.walker = p.optional(&Params::flag, "walker").value_or(false);
    return child;
}

Result<BookingRequest> readBookingRequest(const Json& params, bool whole, std::size_t maxPlaces,
                                          const identity::Cipher& cipher) {
    BookingRequest request;
    Params p(params);
    p.key();
    request.facility = p.id("facility");
    request.office = p.optional(&Params::id, "office");
    p.objects("places", 1, maxPlaces, [&](Params& each) { request.places.push_back(placeIn(each)); });
    p.objects("children", 1, maxChildren, [&](Params& each) { request.children.push_back(childIn(each)); });
    request.care = p.oneOf("care", careFrom);
    request.purpose =
        whole ? p.oneOf("purpose", purposeFrom) : p.optional(&Params::oneOf<Purpose>, "purpose", purposeFrom);
    request.caseRef = whole ? p.caseRef("caseRef") : p.optional(&Params::caseRef, "caseRef").value_or("");
    request.commune = p.optional(&Params::insee, "commune").value_or("");
    request.known = p.optional(&Params::flag, "known").value_or(false);
    request.sealedContact = sealedContactIn(p, cipher).value_or("");
    request.force = p.optional(&Params::flag, "force").value_or(false);
    checkChildren(p, request);
    if (auto bad = p.problem()) return tl::unexpected(std::move(*bad));
    return request;
}

}  // namespace placette::service
