-- From a place wanted to a place confirmed.
--   hold     {booking: a record without id, state, dates and version, ttl, confirm, force, mostHeld?, approving}
--   confirm  {booking, purpose?, caseRef?, caseKey?, commune?, contact?, force, approving}
--     approving: of 65_approval.lua
--   extend, release  {booking}

local EXTENSION = 5 * 60 * 1000
local MAX_HOLD = 30 * 60 * 1000

-- The booking named, after what was due around it.
local function opened(change, request)
    local booking = booking_of(change, request.booking)
    end_due(change, booking and { [booking.facility] = true } or {})
    return booking, not booking and problem('not_found') or nil
end

-- What must be told before a booking is confirmed.
local function untold(booking)
    if not booking.purpose then return problem('invalid_params', 'purpose') end
    if booking.caseRef == '' then return problem('invalid_params', 'caseRef') end
end

writes('hold', function(change, request)
    local booking = request.booking
    end_due(change, { [booking.facility] = true })
    local refused = request.confirm and untold(booking)
        or not request.confirm and holds_too_much(change, booking, request.mostHeld) and problem('too_many', 'places')
        or past(change, booking)
        or closed(change, booking)
        or not request.force and duplicate(change, booking)
        or no_room(change, booking)
    if refused then return nil, refused end
    booking.approval = approval_due(change, booking, request.approving)
    refused = not_agreeable(change, booking, request.approving)
    if refused then return nil, refused end

    booking.id = new_id(change)
    booking.createdAt = change.now
    booking.version = 0
    change.bookings[booking.id] = booking
    touch_booking(change, booking)
    take(change, booking, booking.places)
    if request.confirm then
        settle(booking, request.approving)
    else
        booking.state = 'held'
        booking.expiresAt = change.now + request.ttl
        count_held(change, booking, booking.places, 1)
    end
    if WAITING[booking.state] then keep_waiting(change, booking) end
    return { bookings = { booking.id } }
end)

-- The booking as it would be with what the confirmation tells; it shares the places.
local function completed(booking, told)
    local copy = {}
    for name, value in pairs(booking) do copy[name] = value end
    for _, name in ipairs({ 'purpose', 'caseRef', 'commune', 'contact' }) do
        copy[name] = told[name] or copy[name]
    end
    if told.caseRef then copy.caseKey = told.caseKey end
    return copy
end

-- A hold that has run out is taken anew, while its places are free and to be had as they were.
local function taken_anew(change, booking, force, approving)
    local refused = past(change, booking)
        or closed(change, booking)
        or not force and duplicate(change, booking)
        or nil
    if refused then return refused end
    local short = no_room(change, booking)
    if short then return problem('hold_expired', nil, short.cells) end
    if booking.approval or not approval_due(change, booking, approving) then return nil end
    return problem('hold_expired', nil, all_cells(booking))
end

-- What the facility did not answer is asked once: it had its time.
local function may_be_confirmed(booking)
    return booking.state == 'held' or booking.state == 'expired' and not booking.decideBy
end

writes('confirm', function(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if not may_be_confirmed(booking) then return nil, problem('wrong_state') end

    local held = booking.state == 'held'
    local complete = completed(booking, request)
    local other_case = case_key(change, complete) ~= case_key(change, booking)
    refused = untold(complete)
        or not held and taken_anew(change, complete, request.force, request.approving)
        or held and other_case and not request.force and duplicate(change, complete)
        or not_agreeable(change, complete, request.approving)
    if refused then return nil, refused end

    if held then
        end_waiting(change, booking, 'confirmed')
        if other_case then count_case(change, booking, booking.places, -1) end
    else
        touch_booking(change, booking)
        stage(change, 'ZREM', change.tag .. ':lapsed', booking.id)
    end
    settle(booking, request.approving)
    booking.purpose, booking.caseRef, booking.caseKey = complete.purpose, complete.caseRef, complete.caseKey
    booking.commune, booking.contact = complete.commune, complete.contact
    booking.expiresAt = nil
    if not held then
        take(change, booking, booking.places)
    elseif other_case then
        count_case(change, booking, booking.places, 1)
    end
    if booking.approval then keep_waiting(change, booking) end
    return { bookings = { booking.id } }
end)

local function hold_alone(change, request)
    local booking, refused = opened(change, request)
    if refused then return nil, refused end
    if booking.state == 'expired' then return nil, problem('hold_expired') end
    if booking.state ~= 'held' then return nil, problem('wrong_state') end
    return booking
end

writes('extend', function(change, request)
    local booking, refused = hold_alone(change, request)
    if refused then return nil, refused end
    local cap = booking.createdAt + MAX_HOLD
    if booking.expiresAt >= cap then return nil, problem('too_late') end
    touch_booking(change, booking)
    booking.expiresAt = math.min(booking.expiresAt + EXTENSION, cap)
    keep_waiting(change, booking)
    return { bookings = { booking.id } }
end)

writes('release', function(change, request)
    local booking, refused = hold_alone(change, request)
    if refused then return nil, refused end
    end_waiting(change, booking, 'released')
    booking.expiresAt = nil
    return { bookings = { booking.id } }
end)
