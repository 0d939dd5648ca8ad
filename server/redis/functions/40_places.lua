-- Taking and giving back a booking's places: the counts of its cells, and the marks of its case.

local function place_cell(booking, place)
    return booking.facility .. '|' .. place.date .. '|' .. place.period .. '|' .. place.section
end

local function slot(booking, place)
    return booking.facility .. '|' .. place.date .. '|' .. place.period
end

-- What `name_of` makes of each of these places, in their order; once a call, for a booking's places are walked often.
local function names_of(change, list, booking, places, name_of)
    local known = made(change, list)
    local names = known[places]
    if not names then
        names = {}
        for i, place in ipairs(places) do names[i] = name_of(booking, place) end
        known[places] = names
    end
    return names
end

local function cell_names(change, booking, places)
    return names_of(change, 'cell_names', booking, places, place_cell)
end

local function slots_of(change, booking, places)
    return names_of(change, 'slots', booking, places, slot)
end

local function case_key(change, booking)
    return change.tag .. ':case:' .. booking.office .. ':' .. (booking.caseKey or booking.caseRef)
end

-- How many places the case has in a slot, as this change leaves it.
local function mark_of(change, key, field)
    local marks = made(made(change, 'cases'), key)
    local mark = marks[field]
    if not mark then
        local text = read(change, 'HGET', key, field)
        mark = { key = key, field = field, count = tonumber(text or 0) or 0 }
        marks[field] = mark
    end
    return mark
end

local function set_mark(change, mark, count)
    mark.count = math.max(0, count)
    if mark.touched then return end
    mark.touched = true
    local touched = made(change, 'touched_cases')
    touched[#touched + 1] = mark
end

-- `by` is 1 to take, -1 to give back. A booking without a case has no marks.
local function count_case(change, booking, places, by)
    if booking.caseRef == '' then return end
    local key = case_key(change, booking)
    for _, name in ipairs(slots_of(change, booking, places)) do
        local mark = mark_of(change, key, name)
        set_mark(change, mark, mark.count + by)
    end
end

-- A count below zero would be of a cell that was damaged: it is to be compared with its bookings.
local function count_in(change, booking, places, name, by)
    for _, cell_name in ipairs(cell_names(change, booking, places)) do
        local cell = cell_of(change, cell_name)
        touch_cell(change, cell)
        cell[name] = cell[name] + by
        if cell[name] < 0 then
            cell[name] = 0
            doubt(change, booking.facility)
        end
    end
end

local function count_held(change, booking, places, by)
    count_in(change, booking, places, 'held_' .. booking.care, by)
end

local function take(change, booking, places)
    count_in(change, booking, places, booking.care, 1)
    count_case(change, booking, places, 1)
end

local function give_back(change, booking, places)
    count_in(change, booking, places, booking.care, -1)
    count_case(change, booking, places, -1)
end

-- Distinct cells of the places that pass, in their order; nil if there are none, as nearly always.
local function cells_where(change, booking, places, passes)
    local found, seen
    local names = cell_names(change, booking, places)
    for i, place in ipairs(places) do
        local name = names[i]
        if not (seen and seen[name]) and passes(change, place, name) then
            found, seen = found or {}, seen or {}
            seen[name] = true
            found[#found + 1] = name
        end
    end
    return found
end

-- The problem that names these cells, if there are any.
local function problem_of(kind, cells)
    if cells then return problem(kind, nil, cells) end
end

local function is_past(change, place)
    return change.now >= place.bookableUntil
end

local function past(change, booking)
    return problem_of('past', cells_where(change, booking, booking.places, is_past))
end

local function is_in_closed_cell(change, _, name)
    return cell_of(change, name).closed
end

local function closed(change, booking)
    return problem_of('closed', cells_where(change, booking, booking.places, is_in_closed_cell))
end

-- The same case already has a place in one of these slots. The booking itself is not marked yet.
local function duplicate(change, booking)
    if booking.caseRef == '' then return nil end
    local key, slots = case_key(change, booking), slots_of(change, booking, booking.places)
    local marked
    for _, name in ipairs(slots) do marked = marked or mark_of(change, key, name).count > 0 end
    if not marked then return nil end
    return problem_of('duplicate_booking', cells_where(change, booking, booking.places, function(_, place)
        return mark_of(change, key, slot(booking, place)).count > 0
    end))
end

local function holds_key(change)
    return change.tag .. ':holds'
end

-- When the first hold on one of these cells ends by itself, in ms from now: then it is worth asking again.
local function soonest_end(change, facility, cells)
    local wanted, near = {}, {}
    for _, name in ipairs(cells) do
        wanted[name] = true
        local _, date = split_name(name)
        for _, id in ipairs(read(change, 'SMEMBERS', day_key(change, facility, date)) or {}) do near[id] = true end
    end
    local holds = read(change, 'ZRANGEBYSCORE', holds_key(change), '(' .. instant_text(change.now), '+inf',
        'WITHSCORES') or {}
    for i = 1, #holds, 2 do
        local id = string.match(holds[i], '^[^|]*')
        local booking = near[id] and booking_of(change, id)
        for _, place in ipairs(booking and booking.state == 'held' and booking.places or {}) do
            if wanted[place_cell(booking, place)] then return tonumber(holds[i + 1]) - change.now end
        end
    end
end

local function held_by_others(change, booking, cells)
    local found = problem_of('reserved_by_hold', cells)
    if found then found.retryAfterMs = soonest_end(change, booking.facility, cells) end
    return found
end

-- Demand is summed per cell before it is checked. Over several cells the worst reason is told, with its cells.
local function no_room(change, booking)
    local wanted, names, short = {}, {}, NONE
    for _, name in ipairs(cell_names(change, booking, booking.places)) do
        if not wanted[name] then names[#names + 1] = name end
        wanted[name] = (wanted[name] or 0) + 1
    end
    for _, name in ipairs(names) do
        local why = shortage(cell_of(change, name), booking.care, wanted[name])
        if why then
            if short == NONE then short = {} end
            short[why] = short[why] or {}
            table.insert(short[why], name)
        end
    end
    return problem_of('no_place', short.no_place)
        or problem_of('kept_for_vip', short.kept_for_vip)
        or held_by_others(change, booking, short.reserved_by_hold)
end
