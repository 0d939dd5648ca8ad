-- What the server has done from time to time, some at a time: no call takes long.
--   verify  {bookings: [id], days: [{facility, date}], giveUp?}   -> count, differences: what was not as it should be,
--           and is mended; lost: bookings that cannot be read and keep their places, or with giveUp no longer do;
--           examine: the same, and nothing is written
--   forget  {days, contacts: a date each, lapsed: an instant, limit}   -> count: records erased; moreDue: call again
--           days      all of days before it, and the bookings whose last day it was
--           contacts  of bookings whose last day was before it
--           lapsed    bookings that were never confirmed and ended before it

local function ensure(change, present, what, command, key, ...)
    if present then return end
    differs(change, what .. ': not in ' .. string.sub(key, #change.tag + 2))
    stage(change, command, key, ...)
end

-- Days before the oldest that there is were erased.
local function oldest_day(change)
    if change.oldest == nil then
        local first = (read(change, 'ZRANGE', change.tag .. ':days', 0, 0) or {})[1]
        change.oldest = first and string.match(first, '^[^|]*') or ''
    end
    return change.oldest
end

-- A booking stands in all lists of which it is, and in no other.
local function verify_booking(change, id)
    local booking = booking_of(change, id)
    if not booking then return end
    local what = 'booking ' .. id
    local lists, member = lists_of(change, booking)
    for _, list in ipairs(lists) do
        ensure(change, read(change, 'ZSCORE', list, member), what, 'ZADD', list, '0', member)
    end
    for _, date in ipairs(days_of(booking)) do
        local key = day_key(change, booking.facility, date)
        local erased = date < oldest_day(change)
        ensure(change, erased or read(change, 'SISMEMBER', key, id) == 1, what, 'SADD', key, id)
    end
    local ends = tonumber(read(change, 'ZSCORE', holds_key(change), hold_member(booking)) or nil)
    if booking.state == 'held' then
        if ends ~= booking.expiresAt then
            differs(change, what .. ': held, and its end is not in holds')
            keep_hold(change, booking)
        end
    elseif ends then
        differs(change, what .. ': in holds, and not held')
        stage(change, 'ZREM', holds_key(change), hold_member(booking))
    end
    if booking.state == 'expired' or booking.state == 'released' then
        local lapsed = change.tag .. ':lapsed'
        ensure(change, read(change, 'ZSCORE', lapsed, id), what, 'ZADD', lapsed, instant_text(change.now), id)
    end
end

local function verify(change, request)
    for _, id in ipairs(request.bookings) do verify_booking(change, id) end
    for _, day in ipairs(request.days) do verify_day(change, day.facility, day.date, request.giveUp) end
    local differences = made(change, 'differences')
    return { count = #differences, differences = differences, lost = change.lost }
end

writes('verify', verify)

-- What `verify` would find, and what it would set aside; nothing is written.
register('examine', function(keys, args)
    local change, request = begin(keys, args)
    local found = verify(change, request)
    for _, name in ipairs(change.lines_aside or NONE) do
        if string.sub(name, 1, 6) ~= 'doubt|' then differs(change, name .. ': cannot be read') end
    end
    found.count = #change.differences
    return answer(change, found, head_of(change), false)
end, { 'no-writes' })

local function erase(change, booking)
    if HOLDS_PLACES[booking.state] then
        for _, place in ipairs(booking.places) do
            if place.outcome ~= 'cancelled' then count_case(change, booking, { place }, -1) end
        end
    end
    local lists, member = lists_of(change, booking)
    for _, list in ipairs(lists) do stage(change, 'ZREM', list, member) end
    for _, date in ipairs(days_of(booking)) do
        stage(change, 'SREM', day_key(change, booking.facility, date), booking.id)
    end
    stage(change, 'ZREM', holds_key(change), hold_member(booking))
    stage(change, 'ZREM', held_key(change, booking), held_member(booking))
    stage(change, 'ZREM', change.tag .. ':lapsed', booking.id)
    stage(change, 'DEL', booking_key(change, booking.id))
    local erased = made(change, 'erased')
    erased[booking.id] = true
    table.insert(erased, booking.id)
end

-- Each answers how many records it erased, and whether there are more: what is looked at is bounded as well.
local function erase_lapsed(change, before, limit)
    local ids = read(change, 'ZRANGEBYSCORE', change.tag .. ':lapsed', '-inf', '(' .. instant_text(before),
        'LIMIT', 0, limit) or {}
    for _, id in ipairs(ids) do
        local booking = booking_of(change, id)
        if booking and (booking.state == 'expired' or booking.state == 'released') then
            erase(change, booking)
        else
            stage(change, 'ZREM', change.tag .. ':lapsed', id)
        end
    end
    return #ids, #ids == limit
end

-- Some days before a date, the oldest first, each after its bookings whose last day it was.
local function each_day(change, after, before, limit, on_booking, on_day)
    local days = read(change, 'ZRANGEBYLEX', change.tag .. ':days', after, '(' .. before, 'LIMIT', 0, limit) or {}
    local looked_at = 0
    for _, member in ipairs(days) do
        if looked_at >= limit then return true end
        local date, facility = string.match(member, '^([^|]*)|(.*)$')
        for _, id in ipairs(read(change, 'SMEMBERS', day_key(change, facility, date)) or {}) do
            local booking = booking_of(change, id)
            looked_at = looked_at + 1
            if booking and not (change.erased or NONE)[id] and last_day(booking) < before then on_booking(booking) end
        end
        on_day(member, facility, date)
        looked_at = looked_at + 1
    end
    return #days == limit
end

-- A day goes with all that happened on it, but for bookings that go on after it.
local function erase_days(change, before, limit)
    local erased = 0
    local more = each_day(change, '-', before, limit, function(booking)
        erase(change, booking)
        erased = erased + 1
    end, function(member, facility, date)
        stage(change, 'DEL', day_key(change, facility, date))
        stage(change, 'DEL', cells_key(change, facility, date))
        stage(change, 'DEL', history_key(change, facility, date))
        stage(change, 'ZREM', change.tag .. ':days', member)
        erased = erased + 1
    end)
    return erased, more
end

-- From the day on where the last call ended; what has no contact is not written.
local function erase_contacts(change, before, limit)
    local done_key, erased = change.tag .. ':contacts', 0
    local done = read(change, 'GET', done_key)
    local more = each_day(change, done and '(' .. done or '-', before, limit, function(booking)
        if booking.contact == '' then return end
        touch_booking(change, booking)
        booking.contact = ''
        erased = erased + 1
    end, function(member) done = member end)
    if done then stage(change, 'SET', done_key, done) end
    return erased, more
end

writes('forget', function(change, request)
    local lapsed, more_lapsed = erase_lapsed(change, request.lapsed, request.limit)
    local days, more_days = erase_days(change, request.days, request.limit)
    local contacts, more_contacts = erase_contacts(change, request.contacts, request.limit)
    change.ages_log = true
    return { count = lapsed + days + contacts, moreDue = more_lapsed or more_days or more_contacts }
end)
