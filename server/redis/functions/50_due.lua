-- Holds that have run out end in the first write that comes, before it does its own work.

local MAX_OTHERS_DUE = 25

local function hold_member(booking)
    return booking.id .. '|' .. booking.facility
end

local function held_key(change, booking)
    return change.tag .. ':held:' .. booking.office
end

local function held_member(booking)
    return booking.id .. '|' .. #booking.places
end

local function keep_hold(change, booking)
    local ends = instant_text(booking.expiresAt)
    stage(change, 'ZADD', holds_key(change), ends, hold_member(booking))
    stage(change, 'ZADD', held_key(change, booking), ends, held_member(booking))
end

-- Whether the office would hold more places than it may: what one holds nobody else can have. What has run out and is
-- still there does not count.
local function holds_too_much(change, booking, most)
    if not most then return false end
    local key, held = held_key(change, booking), #booking.places
    stage(change, 'ZREMRANGEBYSCORE', key, '0', instant_text(change.now))
    local holds = read(change, 'ZRANGEBYSCORE', key, '(' .. instant_text(change.now), '+inf') or {}
    for _, member in ipairs(holds) do held = held + (tonumber(string.match(member, '|(%d+)$')) or 0) end
    return held > most
end

-- A hold is no more: its places stay taken (confirmed), or are given back (released, expired).
local function end_hold(change, booking, state)
    stage(change, 'ZREM', holds_key(change), hold_member(booking))
    stage(change, 'ZREM', held_key(change, booking), held_member(booking))
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
