-- The territory's document, and what a change of it means for what was promised.
--   put_territory  {expectedRevision, revision, closings: [{cell, closed}], today, rules: [rule], removed: [facility],
--                  removedOffices: [office], force, dry}, and fields of the document from ARGV[2] on; dry: nothing of
--                  it is written
--     rule  {facility, periods: [{id, start, ends, days: [1..7]}], sections: [id], closures: [{from, to}]}: of a
--           facility that is not open as it was; start and ends in minutes

local DAYS_BEFORE_MONTH = { 0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4 }

-- 1 is Monday.
local function weekday(date)
    local year, month, day = string.match(date, '^(%d+)-(%d+)-(%d+)$')
    year, month, day = tonumber(year), tonumber(month), tonumber(day)
    if month < 3 then year = year - 1 end
    local days = year + math.floor(year / 4) - math.floor(year / 100) + math.floor(year / 400)
    return (days + DAYS_BEFORE_MONTH[month] + day + 6) % 7 + 1
end

local function contains(list, value)
    for _, one in ipairs(list) do
        if one == value then return true end
    end
    return false
end

-- The period, if the facility takes children of that section then.
local function open_period(rule, date, period, section)
    if not contains(rule.sections, section) or covers(rule.closures, date) then return nil end
    for _, one in ipairs(rule.periods) do
        if one.id == period and contains(one.days, weekday(date)) then return one end
    end
end

local function fits(rule, place)
    local period = open_period(rule, place.date, place.period, place.section)
    return period and (place.arrive or period.start) >= period.start and (place.leave or period.ends) <= period.ends
end

-- The days that there are of these facilities (keys of a table), from today on.
local function days_to_come(change, facilities, today)
    local days = {}
    for _, member in ipairs(read(change, 'ZRANGEBYLEX', change.tag .. ':days', '[' .. today, '+') or {}) do
        local date, facility = string.match(member, '^([^|]*)|(.*)$')
        if facilities[facility] then days[#days + 1] = { facility = facility, date = date } end
    end
    return days
end

-- Bookings to come of an office that is to go.
local function awaited(change, offices, today)
    local ids = {}
    for _, office in ipairs(offices) do
        local list = change.tag .. ':office:' .. office
        for _, member in ipairs(read(change, 'ZRANGEBYLEX', list, '[' .. today, '+') or {}) do
            local booking = booking_of(change, string.match(member, '|(.*)$'))
            if booking and (booking.state == 'held' or booking.state == 'confirmed') then table.insert(ids, booking.id) end
        end
    end
    return ids
end

local function refusal_of(found)
    local refused = problem('below_committed')
    refused.bookings, refused.cells = {}, {}
    for i, one in ipairs(found) do
        refused.bookings[i] = one.booking.id
        for _, place in ipairs(one.places) do table.insert(refused.cells, place_cell(one.booking, place)) end
    end
    return refused
end

-- Counts of what is not open any more are shown to nobody as free; those of what is open again are.
local function close_and_reopen(change, rules, days)
    for _, day in ipairs(days) do
        for _, cell in ipairs(cells_of_day(change, day.facility, day.date)) do
            local period, section = string.match(cell.field, '^([^|]*)|(.*)$')
            follow_document(change, cell, not open_period(rules[day.facility], day.date, period, section))
        end
    end
end

local function rules_by_facility(request)
    local rules, any = {}, false
    for _, rule in ipairs(request.rules) do rules[rule.facility], any = rule, true end
    for _, facility in ipairs(request.removed) do
        rules[facility], any = { periods = {}, sections = {}, closures = {} }, true
    end
    return any and rules
end

writes('put_territory', function(change, request, args)
    end_due_around(change, request.closings)
    local key = change.tag .. ':territory'
    local present = read(change, 'HGET', key, 'revision') or ''
    if present ~= request.expectedRevision then return nil, problem('version_conflict') end
    local theirs = awaited(change, request.removedOffices, request.today)
    if #theirs > 0 then
        local refused = problem('below_committed')
        refused.bookings = theirs
        return nil, refused
    end
    local rules = rules_by_facility(request)
    local days = rules and days_to_come(change, rules, request.today) or NONE
    local found = places_hit(change, days, function(booking, place)
        return not fits(rules[booking.facility], place)
    end)
    if #found > 0 and not request.force then return nil, refusal_of(found) end
    if request.dry then return {} end
    for _, one in ipairs(found) do displace(change, one.booking, one.places, 'closure') end
    read_cells(change, request.closings)
    for _, closing in ipairs(request.closings) do
        local cell = cell_of(change, closing.cell)
        if cell.version > 0 then follow_document(change, cell, closing.closed) end
    end
    close_and_reopen(change, rules, days)
    for _, facility in ipairs(request.removed) do
        stage(change, 'HDEL', key, 'facility:' .. facility)
        stage(change, 'HDEL', published_key(change), facility)
    end
    change.document = { 'revision', request.revision }
    for i = 2, #args do table.insert(change.document, args[i]) end
    change.facilities = true
    return {}
end)
