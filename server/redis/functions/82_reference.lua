-- The territory's document, and what a change of it means for what was promised.
--   put_territory  {expectedRevision, revision, closings: [{cell, closed}], today, rules: [rule], removed: [facility],
--                  removedOffices: [office], force, dry}, and fields of the document from ARGV[2] on; dry: nothing of it is written
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

-- The places of living bookings that fit no longer, by booking, in the order of their days.
local function stranded(change, rules, today)
    local found, places = {}, {}
    for _, member in ipairs(read(change, 'ZRANGEBYLEX', change.tag .. ':days', '[' .. today, '+') or {}) do
        local date, facility = string.match(member, '^([^|]*)|(.*)$')
        local rule = rules[facility]
        for _, id in ipairs(rule and read(change, 'SMEMBERS', day_key(change, facility, date)) or {}) do
            local booking = booking_of(change, id)
            local living = booking and (booking.state == 'held' or booking.state == 'confirmed')
            for _, place in ipairs(living and booking.places or {}) do
                local due = place.date == date and not place.outcome and change.now < place.endsAt
                if due and not fits(rule, place) then
                    if not places[id] then
                        places[id] = {}
                        found[#found + 1] = { booking = booking, places = places[id] }
                    end
                    table.insert(places[id], place)
                end
            end
        end
    end
    return found
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

-- As the facility would cancel it; what was only held is given back whole.
local function displace(change, booking, places)
    if booking.state == 'held' then
        end_hold(change, booking, 'released')
        booking.expiresAt = nil
        return
    end
    touch_booking(change, booking)
    for _, place in ipairs(places) do
        place.outcome = 'cancelled'
        place.cancelReason = 'closure'
    end
    give_back(change, booking, places)
    booking.state = state_from_places(booking, 'cancelled_by_facility')
end

-- Counts of what is not open any more are shown to nobody as free; those of what is open again are.
local function close_and_reopen(change, rules, today)
    for _, member in ipairs(read(change, 'ZRANGEBYLEX', change.tag .. ':days', '[' .. today, '+') or {}) do
        local date, facility = string.match(member, '^([^|]*)|(.*)$')
        for _, cell in ipairs(rules[facility] and cells_of_day(change, facility, date) or {}) do
            local period, section = string.match(cell.field, '^([^|]*)|(.*)$')
            local closed = not open_period(rules[facility], date, period, section)
            if cell.closed ~= closed then
                touch_cell(change, cell)
                cell.closed = closed
            end
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
    local found = rules and stranded(change, rules, request.today) or NONE
    if #found > 0 and not request.force then return nil, refusal_of(found) end
    if request.dry then return {} end
    for _, one in ipairs(found) do displace(change, one.booking, one.places) end
    read_cells(change, request.closings)
    for _, closing in ipairs(request.closings) do
        local cell = cell_of(change, closing.cell)
        if cell.version > 0 and cell.closed ~= closing.closed then
            touch_cell(change, cell)
            cell.closed = closing.closed
        end
    end
    if rules then close_and_reopen(change, rules, request.today) end
    for _, facility in ipairs(request.removed) do stage(change, 'HDEL', key, 'facility:' .. facility) end
    change.document = { 'revision', request.revision }
    for i = 2, #args do table.insert(change.document, args[i]) end
    change.facilities = true
    return {}
end)
