-- One call's change: cells and bookings are read once, altered in memory, and written with one log entry at the end.

local LOG_LENGTH = 10000

local function begin(keys, args)
    local request = cjson.decode(args[1])
    local now = request.now
    if not now then
        local time = redis.call('TIME')
        now = time[1] * 1000 + math.floor(time[2] / 1000)
    end
    local change = {
        tag = keys[1], now = now,
        cells = {}, touched_cells = {},
        bookings = {}, touched_bookings = {}, booking_texts = {},
    }
    return change, request
end

local function cells_key(change, facility, date)
    return change.tag .. ':cells:' .. facility .. ':' .. date
end

-- `name` is facility|date|period|section.
local function key_and_field(change, name)
    local facility, date, field = string.match(name, '^([^|]*)|([^|]*)|(.*)$')
    return cells_key(change, facility, date), field
end

local function keep_cell(change, name, key, field, text)
    local cell = text and cell_from(text) or absent_cell()
    cell.name, cell.key, cell.field = name, key, field
    change.cells[name] = cell
    return cell
end

local function cell_of(change, name)
    local cell = change.cells[name]
    if cell then return cell end
    local key, field = key_and_field(change, name)
    return keep_cell(change, name, key, field, redis.call('HGET', key, field))
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
        local texts = redis.call('HMGET', day.key, unpack(day))
        for i, name in ipairs(day.names) do keep_cell(change, name, day.key, day[i], texts[i]) end
    end
end

-- All that there are.
local function cells_of_day(change, facility, date)
    local key, cells = cells_key(change, facility, date), {}
    local stored = redis.call('HGETALL', key)
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

local function booking_key(change, id)
    return change.tag .. ':booking:' .. id
end

local function booking_of(change, id)
    local booking = change.bookings[id]
    if booking then return booking end
    local text = redis.call('GET', booking_key(change, id))
    if not text then return nil end
    booking = cjson.decode(text)
    change.bookings[id] = booking
    return booking
end

local function touch_booking(change, booking)
    if change.touched_bookings[booking] then return end
    change.touched_bookings[booking] = true
    booking.version = booking.version + 1
    table.insert(change.touched_bookings, booking)
end

local function head_of(change)
    return tonumber(redis.call('GET', change.tag .. ':head') or 0)
end

-- Lua's stack bounds what one call takes.
local FIELDS_AT_ONCE = 500

local function set_fields(key, fields)
    for i = 1, #fields, 2 * FIELDS_AT_ONCE do
        redis.call('HSET', key, unpack(fields, i, math.min(#fields, i + 2 * FIELDS_AT_ONCE - 1)))
    end
end

local function write_cells(change)
    local lines, days = {}, {}
    for i, cell in ipairs(change.touched_cells) do
        local key, text = cell.key, cell_text(cell)
        local day = days[key]
        if not day then
            day = {}
            days[key] = day
            days[#days + 1] = key
        end
        day[#day + 1] = cell.field
        day[#day + 1] = text
        cell.line = cell.name .. '|' .. text
        lines[i] = cell.line
    end
    for _, key in ipairs(days) do set_fields(key, days[key]) end
    return table.concat(lines, '\n')
end

local function write_bookings(change)
    local lines = {}
    for i, booking in ipairs(change.touched_bookings) do
        lines[i] = cjson.encode(booking)
        change.booking_texts[booking.id] = lines[i]
        redis.call('SET', booking_key(change, booking.id), lines[i])
    end
    return table.concat(lines, '\n')
end

-- Answers the head of the log: a new entry if anything changed.
local function write(change)
    local entry = {}
    if #change.touched_cells > 0 then
        table.insert(entry, 'cells')
        table.insert(entry, write_cells(change))
    end
    if #change.touched_bookings > 0 then
        table.insert(entry, 'bookings')
        table.insert(entry, write_bookings(change))
    end
    if change.facilities then
        table.insert(entry, 'facilities')
        table.insert(entry, '1')
    end
    if #entry == 0 then return head_of(change) end
    local head = redis.call('INCR', change.tag .. ':head')
    redis.call('XADD', change.tag .. ':log', 'MAXLEN', '~', LOG_LENGTH, instant_text(head) .. '-0', unpack(entry))
    return head
end
