-- What becomes of a booking that is confirmed, or requested.
--   acknowledge  {booking}
--   cancel       {booking, by, reason, places: [id]}   no places: all that have no outcome yet and are not over
--   attendance   {booking, place, outcome?}            no outcome: it is taken back

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
    return found.open and (booking.state == 'requested' and 'requested' or 'confirmed') or found.attended and 'attended' or found.no_show and 'no_show' or cancelled
end

local function cancel_places(change, booking, places, reason, by)
    local waited = booking.state == 'requested'
    touch_booking(change, booking)
    for _, place in ipairs(places) do
        place.outcome = 'cancelled'
        place.cancelReason = reason
    end
    give_back(change, booking, places)
    booking.state = state_from_places(booking, 'cancelled_by_' .. by)
    if waited and booking.state ~= 'requested' then
        stop_waiting(change, booking)
        booking.decideBy = nil
    end
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
    if booking.state ~= 'confirmed' and booking.state ~= 'requested' then return nil, problem('wrong_state') end
    local places
    places, refused = places_to_cancel(change, booking, request.places)
    if refused then return nil, refused end
    for _, place in ipairs(places) do
        if place.outcome then return nil, problem('wrong_state') end
    end
    refused = over(change, booking, places)
    if refused then return nil, refused end

    cancel_places(change, booking, places, request.reason, request.by)
    return { bookings = { booking.id } }
end)

writes('attendance', function(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state ~= 'confirmed' and booking.state ~= 'attended' and booking.state ~= 'no_show' then
        return nil, problem('wrong_state')
    end
    for _, place in ipairs(booking.places) do
        if place.id == request.place then
            if place.outcome == 'cancelled' then return nil, problem('wrong_state') end
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
