-- The end of a change: all of it is written, with one log entry.

local LOG_LENGTH = 10000           -- entries
local LOG_PART = 256 * 1024        -- bytes
local LOG_PARTS = 64               -- so the log has 16 MiB at most, and one entry
local LOG_AGE = 48 * 3600 * 1000   -- so long may the log tell a contact after its erasure
local MARK_EVERY = 6 * 3600 * 1000
local ENTRY_OVERHEAD = 100         -- bytes, of each entry beside its texts
local MAX_ASIDE = 1000             -- records kept; later ones are only told

-- Lua's stack bounds what one call takes.
local FIELDS_AT_ONCE = 500

-- A key of another type would refuse it: that key is set aside then.
local function put(change, command, key, ...)
    local reply = redis.pcall(command, key, ...)
    if type(reply) ~= 'table' or not reply.err then return reply end
    local name = string.sub(key, #change.tag + 2)
    tell_aside(change, name)
    redis.call('RENAME', key, change.tag .. ':aside:' .. name)
    return redis.call(command, key, ...)
end

local function set_fields(change, key, fields)
    for i = 1, #fields, 2 * FIELDS_AT_ONCE do
        put(change, 'HSET', key, unpack(fields, i, math.min(#fields, i + 2 * FIELDS_AT_ONCE - 1)))
    end
end

local function write_asides(change)
    local kept = change.tag .. ':aside'
    for _, aside in ipairs(change.asides) do
        if not aside.text then
            redis.call('RENAME', aside.key, kept .. ':' .. aside.name)
        else
            local full = redis.pcall('HLEN', kept) == MAX_ASIDE
            if not full then put(change, 'HSET', kept, aside.name, aside.text) end
            if aside.field then
                redis.call('HDEL', aside.key, aside.field)
            else
                redis.call('DEL', aside.key)
            end
        end
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
        if cell.version == 1 then
            local facility, date = split_name(cell.name)
            put(change, 'ZADD', change.tag .. ':days', 0, date .. '|' .. facility)
        end
    end
    for _, key in ipairs(days) do set_fields(change, key, days[key]) end
    return table.concat(lines, '\n')
end

local function write_bookings(change)
    local lines = {}
    for _, booking in ipairs(change.touched_bookings) do
        if not change.erased[booking.id] then
            local text = cjson.encode(booking)
            lines[#lines + 1] = text
            change.booking_texts[booking.id] = text
            put(change, 'SET', booking_key(change, booking.id), text)
        end
    end
    return table.concat(lines, '\n')
end

local function write_cases(change)
    for _, mark in ipairs(change.touched_cases) do
        if mark.count > 0 then
            put(change, 'HSET', mark.key, mark.field, instant_text(mark.count))
        else
            put(change, 'HDEL', mark.key, mark.field)
        end
    end
end

-- A mark, <offset>|<instant>: all up to the offset is older than the instant. With the first mark goes what is older.
local function mark_log(change, head)
    return put(change, 'RPUSH', change.tag .. ':marks', head .. '|' .. instant_text(change.now))
end

local function mark_at(change, index)
    local mark = redis.pcall('LINDEX', change.tag .. ':marks', index)
    if type(mark) ~= 'string' then return nil end
    local offset, at = string.match(mark, '^(%d+)|(%d+)$')
    return tonumber(offset), tonumber(at)
end

local function drop_first_part(change)
    local offset = mark_at(change, 0)
    redis.call('LPOP', change.tag .. ':marks')
    if offset then redis.pcall('XTRIM', change.tag .. ':log', 'MINID', instant_text(offset + 1) .. '-0') end
end

local function bound_log(change, head, size)
    local logged = tonumber(put(change, 'INCRBY', change.tag .. ':logged', size))
    if math.floor(logged / LOG_PART) == math.floor((logged - size) / LOG_PART) then return end
    if mark_log(change, head) > LOG_PARTS then drop_first_part(change) end
end

-- What is too old goes, however little was written since.
local function age_log(change)
    local _, newest = mark_at(change, -1)
    if not newest or newest < change.now - MARK_EVERY then mark_log(change, instant_text(head_of(change))) end
    local _, oldest = mark_at(change, 0)
    while oldest and oldest < change.now - LOG_AGE do
        drop_first_part(change)
        _, oldest = mark_at(change, 0)
    end
end

local function append(change, entry)
    local log, head_key = change.tag .. ':log', change.tag .. ':head'
    local head, size = head_of(change) + 1, ENTRY_OVERHEAD
    for _, text in ipairs(entry) do size = size + #text end
    local function add()
        return redis.pcall('XADD', log, 'MAXLEN', '~', LOG_LENGTH, instant_text(head) .. '-0', unpack(entry))
    end
    local added = add()
    if added.err then
        if string.find(added.err, 'WRONGTYPE', 1, true) then
            redis.call('RENAME', log, change.tag .. ':aside:log')
        else  -- the number of the head went back, or was lost
            local info = redis.call('XINFO', 'STREAM', log)
            for i = 1, #info, 2 do
                if info[i] == 'last-generated-id' then head = tonumber(string.match(info[i + 1], '^%d+')) + 1 end
            end
        end
        added = add()
        if added.err then error(added.err) end
    end
    put(change, 'SET', head_key, instant_text(head))
    bound_log(change, head, size)
    return head
end

-- Answers the head of the log: a new entry if anything changed.
local function write(change)
    write_asides(change)
    if change.ages_log then age_log(change) end
    for _, one in ipairs(change.writes) do put(change, unpack(one)) end
    write_cases(change)
    if change.document then set_fields(change, change.tag .. ':territory', change.document) end
    local cells, bookings = write_cells(change), write_bookings(change)
    local entry = {}
    local function add(name, text)
        if text == '' then return end
        entry[#entry + 1] = name
        entry[#entry + 1] = text
    end
    add('cells', cells)
    add('bookings', bookings)
    add('facilities', change.facilities and '1' or '')
    add('erased', table.concat(change.erased, '\n'))
    add('aside', table.concat(change.lines_aside, '\n'))
    if #entry == 0 then return head_of(change) end
    add('at', instant_text(change.now))
    add('by', change.by)
    return append(change, entry)
end
