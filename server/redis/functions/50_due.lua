-- Holds that have run out end in the first write that comes, before it does its own work.

local MAX_OTHERS_DUE = 100

local function hold_member(booking)
    return booking.id .. '|' .. booking.facility
end

local function keep_hold(change, booking)
    stage(change, 'ZADD', holds_key(change), instant_text(booking.expiresAt), hold_member(booking))
end

-- A hold is no more: its places stay taken (confirmed), or are given back (released, expired).
local function end_hold(change, booking, state)
    stage(change, 'ZREM', holds_key(change), hold_member(booking))
    count_held(change, booking, booking.places, -1)
    touch_booking(change, booking)
    booking.state = state
    if state ~= 'confirmed' then
        give_back(change, booking, booking.places)
        stage(change, 'ZADD', change.tag .. ':lapsed', instant_text(change.now), booking.id)
    end
end

-- Where there is no such hold (any more), its member only stood in the way. What it may still take is given back
-- when the counts are compared with the bookings.
local function expire(change, id, member, facility)
    local booking = booking_of(change, id)
    if booking and booking.state == 'held' then return end_hold(change, booking, 'expired') end
    stage(change, 'ZREM', holds_key(change), member)
    if not booking then stage(change, 'ZADD', change.tag .. ':lapsed', instant_text(change.now), id) end
    tell_aside(change, 'holds|' .. member)
    doubt(change, facility)
end

-- Ends all that is due in these facilities (a set) and some of the others.
-- Answers how many ended, and whether any are left.
local function end_due(change, facilities)
    local ended, others, left = 0, 0, false
    local due = read(change, 'ZRANGEBYSCORE', holds_key(change), '-inf', instant_text(change.now)) or {}
    for _, member in ipairs(due) do
        local id, facility = string.match(member, '^([^|]*)|(.*)$')
        if not id then id, facility = member, '' end
        local concerned = facilities[facility]
        if concerned or others < MAX_OTHERS_DUE then
            if not concerned then others = others + 1 end
            expire(change, id, member, facility)
            ended = ended + 1
        else
            left = true
        end
    end
    return ended, left
end

writes('sweep', function(change)
    local ended, left = end_due(change, {})
    return { count = ended, moreDue = left }
end)
