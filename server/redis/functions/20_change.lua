-- One call's change. Redis rolls nothing back: so a command only reads, and alters what it has read in memory; what
-- is to be written is written at the very end (25_writing.lua), when nothing can fail any more.
--
-- What cannot be read is set aside with the change: it stands no longer in anybody's way, is kept in :aside, told in
-- the log, and its facility is `doubted`: the server has its counts compared with its bookings (85_upkeep.lua).

local function begin(keys, args)
    local request = cjson.decode(args[1])
    local now = request.now
    if not now then
        local time = redis.call('TIME')
        now = time[1] * 1000 + math.floor(time[2] / 1000)
    end
    local change = {
        tag = keys[1], now = now, by = request.account or '', id = request.id,
        cells = {}, touched_cells = {}, bookings = {}, writes = {},
    }
    return change, request
end

-- What most changes do without is made when it is wanted, and may be read as if it were there.
local NONE = {}

local function made(change, name)
    local list = change[name]
    if not list then
        list = {}
        change[name] = list
    end
    return list
end

-- A command of Redis to be carried out at the end. Numbers go as texts: Redis would write them as fractions first.
local function stage(change, ...)
    change.writes[#change.writes + 1] = { ... }
end

-- The next call of the same change gets another one.
local function new_id(change)
    change.made = (change.made or 0) + 1
    local id = string.sub(change.tag, 2, -2) .. '.' .. change.id
    return change.made == 1 and id or id .. '-' .. change.made
end

local function tell_aside(change, line)
    local lines = made(change, 'lines_aside')
    if lines[line] then return end
    lines[line] = true
    table.insert(lines, line)
end

local function doubt(change, facility)
    tell_aside(change, 'doubt|' .. facility)
end

-- A key of another type than it should have; with `text`, a string that is no record; with `field` too, a hash's.
local function set_aside(change, key, field, text)
    local name = string.sub(key, #change.tag + 2) .. (field and '|' .. field or '')
    if change.lines_aside and change.lines_aside[name] then return end
    tell_aside(change, name)
    table.insert(made(change, 'asides'), { key = key, field = field, name = name, text = text })
end

-- A reply, or nil where the key is of another type: then it is set aside.
local function read(change, command, key, ...)
    local reply = redis.pcall(command, key, ...)
    if type(reply) == 'table' and reply.err then
        set_aside(change, key)
        return nil
    end
    return reply
end

local function cells_key(change, facility, date)
    return change.tag .. ':cells:' .. facility .. ':' .. date
end

local function day_key(change, facility, date)
    return change.tag .. ':day:' .. facility .. ':' .. date
end

local function booking_key(change, id)
    return change.tag .. ':booking:' .. id
end

-- `name` is facility|date|period|section.
local function split_name(name)
    return string.match(name, '^([^|]*)|([^|]*)|(.*)$')
end

local function key_and_field(change, name)
    local facility, date, field = split_name(name)
    return cells_key(change, facility, date), field
end

local rebuild_cell  -- from its bookings, where its own text cannot be read (45_recount.lua)

local function keep_cell(change, name, key, field, text)
    local read = text and cell_from(text)
    local cell = read or absent_cell()
    cell.name, cell.key, cell.field = name, key, field
    change.cells[name] = cell
    if text and not read then
        set_aside(change, key, field, text)
        rebuild_cell(change, cell)
    end
    return cell
end

local function cell_of(change, name)
    local cell = change.cells[name]
    if cell then return cell end
    local key, field = key_and_field(change, name)
    return keep_cell(change, name, key, field, read(change, 'HGET', key, field))
end

-- All of a day with one call; a single one is read where it is wanted.
local function read_cells(change, items)
    if #items == 1 then return end
    local days, order = {}, {}
    for _, item in ipairs(items) do
        local name = item.cell
        if not change.cells[name] then
            local key, field = key_and_field(change, name)
            local day = days[key]
            if not day then
                day = { key = key, names = {} }
                days[key] = day
                order[#order + 1] = day
            end
            day[#day + 1] = field
            day.names[#day] = name
        end
    end
    for _, day in ipairs(order) do
        local texts = read(change, 'HMGET', day.key, unpack(day)) or {}
        for i, name in ipairs(day.names) do keep_cell(change, name, day.key, day[i], texts[i]) end
    end
end

-- All that there are.
local function cells_of_day(change, facility, date)
    local key, cells = cells_key(change, facility, date), {}
    local stored = read(change, 'HGETALL', key) or {}
    for i = 1, #stored, 2 do
        local name = facility .. '|' .. date .. '|' .. stored[i]
        cells[#cells + 1] = change.cells[name] or keep_cell(change, name, key, stored[i], stored[i + 1])
    end
    return cells
end

-- The version grows by one however often a call touches the cell.
local function touch_cell(change, cell)
    if cell.touched then return end
    cell.touched = true
    cell.version = cell.version + 1
    table.insert(change.touched_cells, cell)
end

local function is_booking(record)
    return type(record) == 'table' and type(record.id) == 'string' and type(record.facility) == 'string'
        and type(record.office) == 'string' and type(record.state) == 'string' and type(record.places) == 'table'
        and type(record.version) == 'number' and (record.care == 'vip' or record.care == 'other')
        and type(record.caseRef) == 'string' and type(record.createdAt) == 'number'
        and (record.state ~= 'held' or type(record.expiresAt) == 'number')
end

-- Nil: there is none. A place lacks nothing that is asked for here.
local function booking_from(text)
    local readable, record = pcall(cjson.decode, text)
    if not readable or not is_booking(record) then return nil end
    for _, place in ipairs(record.places) do
        if type(place) ~= 'table' or type(place.date) ~= 'string' or type(place.period) ~= 'string'
            or type(place.section) ~= 'string' or type(place.endsAt) ~= 'number'
            or type(place.bookableUntil) ~= 'number'
            or place.startsAt and type(place.startsAt) ~= 'number' then
            return nil
        end
    end
    return record
end

-- Nil: there is none, or what there is cannot be read; then the second value is true.
local function booking_of(change, id)
    local booking = change.bookings[id]
    if booking ~= nil then return booking or nil, booking == false end
    local text = read(change, 'GET', booking_key(change, id))
    if not text then return nil end
    booking = booking_from(text)
    if not booking then set_aside(change, booking_key(change, id), nil, text) end
    change.bookings[id] = booking or false
    return booking, not booking
end

local function touch_booking(change, booking)
    local touched = made(change, 'touched_bookings')
    if touched[booking] then return end
    touched[booking] = true
    booking.version = booking.version + 1
    table.insert(touched, booking)
end

-- The log's head; where its number is lost, the log knows it.
local function head_of(change)
    local head = tonumber(redis.pcall('GET', change.tag .. ':head'))
    if head then return head end
    local newest = redis.pcall('XREVRANGE', change.tag .. ':log', '+', '-', 'COUNT', '1')
    return newest[1] and tonumber(string.match(newest[1][1], '^%d+')) or 0
end
