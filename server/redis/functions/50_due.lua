-- Holds and requests that have run out end in the first write that comes, before it does its own work.

local MAX_OTHERS_DUE = 100

local function hold_member(booking)
    return booking.id .. '|' .. booking.facility
end

local function held_key(change, booking)
    return change.tag .. ':held:' .. booking.office
end

local function held_member(booking)
    return booking.id .. '|' .. #booking.places
end

-- From now until it ends by itself.
local function keep_waiting(change, booking)
    local ends = instant_text(ends_at(booking))
    stage(change, 'ZADD', holds_key(change), ends, hold_member(booking))
    if booking.state == 'held' then stage(change, 'ZADD', held_key(change, booking), ends, held_member(booking)) end
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

local function stop_waiting(change, booking)
    stage(change, 'ZREM', holds_key(change), hold_member(booking))
    stage(change, 'ZREM', held_key(change, booking), held_member(booking))
end

-- A hold or a request is no more: its places stay taken (confirmed), or are given back. What the facility was never
-- asked for is soon forgotten.
local function end_waiting(change, booking, state)
    local was_held, places = booking.state == 'held', places_kept(booking)
    stop_waiting(change, booking)
    if was_held then count_held(change, booking, places, -1) end
    touch_booking(change, booking)
    booking.state = state
    if state == 'confirmed' then return end
    give_back(change, booking, places)
    if was_held then stage(change, 'ZADD', change.tag .. ':lapsed', instant_text(change.now), booking.id) end
end

-- Where there is no such hold (any more), its member only stood in the way. What it may still take is given back
-- when the counts are compared with the bookings.
local function expire(change, id, member, facility)
    local booking = booking_of(change, id)
    if booking and WAITING[booking.state] then return end_waiting(change, booking, 'expired') end
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
