-- Holds that have run out end in the first write that comes, before it does its own work.

local MAX_OTHERS_DUE = 100

local function hold_member(booking)
    return booking.id .. '|' .. booking.facility
end

local function keep_hold(change, booking)
    redis.call('ZADD', holds_key(change), booking.expiresAt, hold_member(booking))
end

-- A hold is no more: its places stay taken (confirmed), or are given back (released, expired).
local function end_hold(change, booking, state)
    redis.call('ZREM', holds_key(change), hold_member(booking))
    count_held(change, booking, booking.places, -1)
    touch_booking(change, booking)
    booking.state = state
end

local function expire(change, id)
    local booking = booking_of(change, id)
    end_hold(change, booking, 'expired')
    give_back(change, booking, booking.places)
end

-- Ends all that is due in these facilities (a set) and some of the others.
-- Answers how many ended, and whether any are left.
local function end_due(change, facilities)
    local ended, others, left = 0, 0, false
    for _, member in ipairs(redis.call('ZRANGEBYSCORE', holds_key(change), '-inf', change.now)) do
        local id, facility = string.match(member, '^([^|]*)|(.*)$')
        local concerned = facilities[facility]
        if concerned or others < MAX_OTHERS_DUE then
            if not concerned then others = others + 1 end
            expire(change, id)
            ended = ended + 1
        else
            left = true
        end
    end
    return ended, left
end

local function sweep(change)
    local ended, left = end_due(change, {})
    return { count = ended, moreDue = left }
end
