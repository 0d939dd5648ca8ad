-- Cells compared with their bookings, and mended after them: the bookings are what was promised to people.

-- What is not as it should be, one a line, for people who run a server.
local function differs(change, what)
    table.insert(made(change, 'differences'), what)
end

local HOLDS_PLACES = { held = true, requested = true, confirmed = true, attended = true, no_show = true }

local function add_mark(day, key, field, count)
    local marks = day.marks[key] or {}
    day.marks[key] = marks
    marks[field] = (marks[field] or 0) + count
end

-- Of one day of a facility: what its bookings take of each cell, the marks of their cases and of newcomers, and the
-- bookings that are lost or cannot be read. What these take is not known, and nothing may be counted lower than it was.
local function counted_day(change, facility, date)
    local key = day_key(change, facility, date)
    local day = { counts = {}, marks = {}, lost = {}, empty = true }
    local newcomers = newcomers_key(change, facility, date)
    for _, period in ipairs(read(change, 'HKEYS', newcomers) or {}) do add_mark(day, newcomers, period, 0) end
    for _, id in ipairs(read(change, 'SMEMBERS', key) or {}) do
        local booking = booking_of(change, id)
        day.empty = false
        if booking then
            for _, place in ipairs(HOLDS_PLACES[booking.state] and booking.places or {}) do
                if place.date == date and place.outcome ~= 'cancelled' then
                    local name = place_cell(booking, place)
                    local count = day.counts[name] or { vip = 0, other = 0, held_vip = 0, held_other = 0 }
                    day.counts[name] = count
                    count[booking.care] = count[booking.care] + 1
                    if booking.state == 'held' then
                        count['held_' .. booking.care] = count['held_' .. booking.care] + 1
                    end
                    if booking.caseRef ~= '' then
                        add_mark(day, case_key(change, booking), slot(booking, place), 1)
                    end
                    if not booking.known then add_mark(day, newcomers, place.period, 1) end
                end
            end
        elseif read(change, 'ZSCORE', change.tag .. ':lapsed', id) then
            stage(change, 'SREM', key, id)  -- a hold that has run out: nobody waits for it
        else
            table.insert(day.lost, id)
        end
    end
    return day
end

-- What was open is not known any more: no more than what is taken, and nobody has confirmed it. Its version is
-- greater than any that it has had: none is greater than the log's head.
rebuild_cell = function(change, cell)
    local facility, date = split_name(cell.name)
    local count = counted_day(change, facility, date).counts[cell.name]
    for name, value in pairs(count or {}) do cell[name] = value end
    cell.open = cell.vip + cell.other
    cell.version = head_of(change)
    touch_cell(change, cell)
    doubt(change, facility)
end

local function mend_cell(change, cell, count, at_least)
    local right, wrong = {}, {}
    for _, name in ipairs({ 'vip', 'other', 'held_vip', 'held_other' }) do
        local value = count and count[name] or 0
        right[name] = at_least and math.max(value, cell[name]) or value
        if right[name] ~= cell[name] then
            wrong[#wrong + 1] = string.format('%s is %d, by its bookings %d', name, cell[name], right[name])
        end
    end
    if #wrong == 0 then return end
    differs(change, 'cell ' .. cell.name .. ': '
        .. (cell.version == 0 and 'lost, and bookings are in it' or table.concat(wrong, '; ')))
    if cell.version == 0 then return rebuild_cell(change, cell) end
    touch_cell(change, cell)
    for name, value in pairs(right) do cell[name] = value end
end

local function mend_mark(change, key, field, count, at_least)
    local mark = mark_of(change, key, field)
    if mark.count == count or at_least and mark.count > count then return end
    local newcomers = string.match(key, ':newcomers:(.*)')
    local what = newcomers and 'newcomers at ' .. newcomers .. ':' or 'mark of a case at '
    differs(change, string.format('%s%s: is %d, by its bookings %d', what, field, mark.count, count))
    set_mark(change, mark, count)
end

-- Nobody can cancel a booking that is lost: its places are given up when the operator says so.
local function give_up(change, facility, date, id)
    differs(change, string.format('booking %s: lost; its places at %s on %s', id, facility, date))
    stage(change, 'SREM', day_key(change, facility, date), id)
    stage(change, 'ZREM', change.tag .. ':facility:' .. facility, date .. '|' .. id)
end

local function verify_day(change, facility, date, gives_up)
    local cells = cells_of_day(change, facility, date)
    local day = counted_day(change, facility, date)
    local keeps = #day.lost > 0 and not gives_up
    for _, id in ipairs(day.lost) do
        if gives_up then
            give_up(change, facility, date, id)
        else
            table.insert(made(change, 'lost'),
                string.format('booking %s: keeps its places at %s on %s', id, facility, date))
        end
    end
    for _, cell in ipairs(cells) do
        mend_cell(change, cell, day.counts[cell.name], keeps)
        day.counts[cell.name] = nil
    end
    for name, count in pairs(day.counts) do
        mend_cell(change, cell_of(change, name), count, false)
    end
    for key, marks in pairs(day.marks) do
        for field, count in pairs(marks) do mend_mark(change, key, field, count, keeps) end
    end
    local member = date .. '|' .. facility
    if (#cells > 0 or not day.empty) and not read(change, 'ZSCORE', change.tag .. ':days', member) then
        stage(change, 'ZADD', change.tag .. ':days', '0', member)
    end
end
