-- Taking and giving back a booking's places: the counts of its cells, and the marks of its case.

local function place_cell(booking, place)
    return booking.facility .. '|' .. place.date .. '|' .. place.period .. '|' .. place.section
end

local function slot(booking, place)
    return booking.facility .. '|' .. place.date .. '|' .. place.period
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
    table.insert(made(change, 'touched_cases'), mark)
end

-- `by` is 1 to take, -1 to give back. A booking without a case has no marks.
local function count_case(change, booking, places, by)
    if booking.caseRef == '' then return end
    local key = case_key(change, booking)
    for _, place in ipairs(places) do
        local mark = mark_of(change, key, slot(booking, place))
        set_mark(change, mark, mark.count + by)
    end
end

local function newcomers_key(change, facility, date)
    return change.tag .. ':newcomers:' .. facility .. ':' .. date
end

-- How many places children have in the slot whom the facility has never seen.
local function newcomers_of(change, booking, place)
    return mark_of(change, newcomers_key(change, booking.facility, place.date), place.period)
end

local function count_newcomers(change, booking, places, by)
    if booking.known then return end
    for _, place in ipairs(places) do
        local mark = newcomers_of(change, booking, place)
        set_mark(change, mark, mark.count + by)
    end
end

-- A count below zero would be of a cell that was damaged: it is to be compared with its bookings.
local function count_in(change, booking, places, name, by)
    for _, place in ipairs(places) do
        local cell = cell_of(change, place_cell(booking, place))
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
    count_newcomers(change, booking, places, 1)
end

local function give_back(change, booking, places)
    count_in(change, booking, places, booking.care, -1)
    count_case(change, booking, places, -1)
    count_newcomers(change, booking, places, -1)
end

-- Those that it still has, or had at its end.
local function places_kept(booking)
    local kept = {}
    for _, place in ipairs(booking.places) do
        if place.outcome ~= 'cancelled' then kept[#kept + 1] = place end
    end
    return kept
end

-- Distinct cells of the places that pass, in their order; nil if there are none, as nearly always.
local function cells_where(booking, places, passes)
    local names, seen
    for _, place in ipairs(places) do
        local name = place_cell(booking, place)
        if not (seen and seen[name]) and passes(place, name) then
            names, seen = names or {}, seen or {}
            seen[name] = true
            names[#names + 1] = name
        end
    end
    return names
end

-- The problem that names these cells, if there are any.
local function problem_of(kind, cells)
    if cells then return problem(kind, nil, cells) end
end

local function past(change, booking)
    return problem_of('past', cells_where(booking, booking.places, function(place)
        return change.now >= place.bookableUntil
    end))
end

local function closed(change, booking)
    return problem_of('closed', cells_where(booking, booking.places, function(_, name)
        return cell_of(change, name).closed
    end))
end

-- The same case already has a place in one of these slots. The booking itself is not marked yet.
local function duplicate(change, booking)
    if booking.caseRef == '' then return nil end
    local key = case_key(change, booking)
    return problem_of('duplicate_booking', cells_where(booking, booking.places, function(place)
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
    local wanted, names, short = {}, {}, {}
    for _, place in ipairs(booking.places) do
        local name = place_cell(booking, place)
        if not wanted[name] then names[#names + 1] = name end
        wanted[name] = (wanted[name] or 0) + 1
    end
    for _, name in ipairs(names) do
        local why = shortage(cell_of(change, name), booking.care, wanted[name])
        if why then
            short[why] = short[why] or {}
            table.insert(short[why], name)
        end
    end
    return problem_of('no_place', short.no_place)
        or problem_of('kept_for_vip', short.kept_for_vip)
        or held_by_others(change, booking, short.reserved_by_hold)
end
