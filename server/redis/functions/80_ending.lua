-- What becomes of a confirmed booking.
--   acknowledge  {booking}
--   cancel       {booking, by, reason, places: [id]}   no places: all that have no outcome yet and are not over
--   attendance   {booking, place, outcome?}            no outcome: it is taken back

local ATTENDANCE_FOR = 30 * 24 * 3600 * 1000  -- after the end of the place

writes('acknowledge', function(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state == 'held' or booking.state == 'released' or booking.state == 'expired' then
        return nil, problem('wrong_state')
    end
    if not booking.seenAt then
        touch_booking(change, booking)
        booking.seenAt = change.now
    end
    return { bookings = { booking.id } }
end)

-- A booking ends with its last place: attended if any was, else no-show if any, else as its last one was cancelled.
local function state_from_places(booking, cancelled)
    local found = {}
    for _, place in ipairs(booking.places) do found[place.outcome or 'open'] = true end
    return found.open and 'confirmed' or found.attended and 'attended' or found.no_show and 'no_show' or cancelled
end

local function over(change, booking, places)
    return problem_of('too_late', cells_where(booking, places, function(place)
        return change.now >= place.endsAt
    end))
end

local function places_to_cancel(change, booking, ids)
    local chosen, places = {}, {}
    for _, id in ipairs(ids) do chosen[id] = true end
    for _, place in ipairs(booking.places) do
        local named = #ids == 0 and not place.outcome and change.now < place.endsAt
        if chosen[place.id] or named then table.insert(places, place) end
        chosen[place.id] = nil
    end
    if next(chosen) then return nil, problem('invalid_params', 'places') end
    if #places == 0 then return nil, over(change, booking, booking.places) end
    return places
end

writes('cancel', function(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state ~= 'confirmed' then return nil, problem('wrong_state') end
    local places
    places, refused = places_to_cancel(change, booking, request.places)
    if refused then return nil, refused end
    for _, place in ipairs(places) do
        if place.outcome then return nil, problem('wrong_state') end
    end
    refused = over(change, booking, places)
    if refused then return nil, refused end

    touch_booking(change, booking)
    for _, place in ipairs(places) do
        place.outcome = 'cancelled'
        place.cancelReason = request.reason
    end
    give_back(change, booking, places)
    booking.state = state_from_places(booking, 'cancelled_by_' .. request.by)
    return { bookings = { booking.id } }
end)

-- Nobody knows yet whether a child comes, or what was said can no longer be corrected. Places that were taken before
-- their start was kept have none.
local function out_of_time(change, booking, place)
    local detail = change.now < (place.startsAt or 0) and 'the period has not begun'
        or change.now >= place.endsAt + ATTENDANCE_FOR and 'more than 30 days after the place'
    if not detail then return nil end
    local found = problem('wrong_state', nil, { place_cell(booking, place) })
    found.detail = detail
    return found
end

writes('attendance', function(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state ~= 'confirmed' and booking.state ~= 'attended' and booking.state ~= 'no_show' then
        return nil, problem('wrong_state')
    end
    for _, place in ipairs(booking.places) do
        if place.id == request.place then
            if place.outcome == 'cancelled' then return nil, problem('wrong_state') end
            refused = out_of_time(change, booking, place)
            if refused then return nil, refused end
            if place.outcome ~= request.outcome then
                touch_booking(change, booking)
                place.outcome = request.outcome
                booking.state = state_from_places(booking)
            end
            return { bookings = { booking.id } }
        end
    end
    return nil, problem('invalid_params', 'place')
end)
