#include <catch2/catch.hpp>

#include "placette/domain/booking.hpp"
#include "placette/domain/territory.hpp"

using namespace placette;

namespace {

// Every value up to the last has a name of its own that leads back to it.
template <class Enum, class From>
void checkNames(Enum last, From from) {
    for (int i = 0; i <= static_cast<int>(last); ++i) {
        const auto value = static_cast<Enum>(i);
        INFO(name(value));
        CHECK_FALSE(name(value).empty());
        CHECK(from(name(value)) == value);
    }
    CHECK_FALSE(from("nonsense"));
    CHECK_FALSE(from(""));
}

}  // namespace

TEST_CASE("names lead back to their values") {
    checkNames(Care::other, careFrom);
    checkNames(BookingState::declined, bookingStateFrom);
    checkNames(Approval::rules, approvalFrom);
    checkNames(ApprovalRule::always, approvalRuleFrom);
    checkNames(PlaceOutcome::cancelled, placeOutcomeFrom);
    checkNames(CancelledBy::family, cancelledByFrom);
    checkNames(CancelReason::papers, cancelReasonFrom);
    checkNames(Purpose::other, purposeFrom);
    checkNames(FacilityKind::childminder, facilityKindFrom);
    checkNames(OfficeKind::rpe, officeKindFrom);
    checkNames(ProblemType::outcome_unknown, problemTypeFrom);
}

TEST_CASE("names are those of the wire") {
    CHECK(name(ProblemType::kept_for_vip) == "kept_for_vip");
    CHECK(name(BookingState::cancelled_by_facility) == "cancelled_by_facility");
    CHECK(name(FacilityKind::creche_familiale) == "creche_familiale");
}

TEST_CASE("every problem has a title and a status of an error") {
    for (int i = 0; i <= static_cast<int>(ProblemType::outcome_unknown); ++i) {
        const auto type = static_cast<ProblemType>(i);
        INFO(name(type));
        CHECK_FALSE(frenchTitle(type).empty());
        CHECK_FALSE(detailOf({type}).empty());
        CHECK(detailOf({type, "more"}) == "more");
        CHECK(httpStatus(type) >= 400);
        CHECK(httpStatus(type) < 600);
    }
    CHECK(isTemporary(ProblemType::outcome_unknown));
    CHECK_FALSE(isTemporary(ProblemType::no_place));
}

TEST_CASE("the facility's reasons to cancel are its own") {
    CHECK_FALSE(isFacilityReason(CancelReason::mistake));
    CHECK(isFacilityReason(CancelReason::staff));
    CHECK(isFacilityReason(CancelReason::papers));
}
