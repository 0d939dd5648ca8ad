-- Bookings that lose places because their facility takes them back.

local LIVING = { held = true, confirmed = true }  -- what has ended keeps its places, or has none

-- Of some days of facilities: the places to come of living bookings that are hit, by booking, in the order of the days.
local function places_hit(change, days, is_hit)
    local found, places = {}, {}
    for _, day in ipairs(days) do
        local ids = read(change, 'SMEMBERS', day_key(change, day.facility, day.date)) or {}
        table.sort(ids)
        for _, id in ipairs(ids) do
            local booking = booking_of(change, id)
            for _, place in ipairs(booking and LIVING[booking.state] and booking.places or NONE) do
                local to_come = place.date == day.date and not place.outcome and change.now < place.endsAt
                if to_come and is_hit(booking, place) then
                    if not places[id] then
                        places[id] = {}
                        found[#found + 1] = { booking = booking, places = places[id] }
                    end
                    table.insert(places[id], place)
                end
            end
        end
    end
    return found
end

-- As the facility would cancel it; what was only held is given back whole.
local function displace(change, booking, places, reason)
    if booking.state == 'held' then
        end_hold(change, booking, 'released')
        booking.expiresAt = nil
        return
    end
    touch_booking(change, booking)
    for _, place in ipairs(places) do
        place.outcome = 'cancelled'
        place.cancelReason = reason
    end
    give_back(change, booking, places)
    booking.state = state_from_places(booking, 'cancelled_by_facility')
end
