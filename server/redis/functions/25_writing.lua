-- The end of a change: all of it is written, with one log entry.

local LOG_LENGTH = '10000'         -- entries
local SMALL = 1000                 -- bytes; smaller entries are bounded by their number: 10 MB
local LOG_PART = 256 * 1024        -- bytes, of the others
local LOG_PARTS = 24               -- so the log has 16 MiB at most, and one entry
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
    for _, aside in ipairs(change.asides or NONE) do
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
            put(change, 'ZADD', change.tag .. ':days', '0', date .. '|' .. facility)
        end
    end
    for _, key in ipairs(days) do set_fields(change, key, days[key]) end
    return table.concat(lines, '\n')
end

local function index(change, booking)
    local lists, member = lists_of(change, booking)
    for _, list in ipairs(lists) do put(change, 'ZADD', list, '0', member) end
    for _, date in ipairs(days_of(booking)) do
        put(change, 'SADD', day_key(change, booking.facility, date), booking.id)
    end
end

local function write_bookings(change)
    local lines = {}
    local erased = change.erased or NONE
    for _, booking in ipairs(change.touched_bookings or NONE) do
        if not erased[booking.id] then
            local text = cjson.encode(booking)
            lines[#lines + 1] = text
            made(change, 'booking_texts')[booking.id] = text
            put(change, 'SET', booking_key(change, booking.id), text)
            if booking.version == 1 then index(change, booking) end
        end
    end
    return table.concat(lines, '\n')
end

local function write_cases(change)
    for _, mark in ipairs(change.touched_cases or NONE) do
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
    if size <= SMALL then return end
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

-- The number was lost, or went back, and the log has passed it already; or the log is none.
local function append_anyway(change, entry, head, refused)
    local log = change.tag .. ':log'
    if string.find(refused, 'WRONGTYPE', 1, true) then
        redis.call('RENAME', log, change.tag .. ':aside:log')
    else
        local info = redis.call('XINFO', 'STREAM', log)
        for i = 1, #info, 2 do
            if info[i] == 'last-generated-id' then head = tonumber(string.match(info[i + 1], '^%d+')) + 1 end
        end
    end
    redis.call('XADD', log, instant_text(head) .. '-0', unpack(entry))
    redis.call('SET', change.tag .. ':head', instant_text(head))
    return head
end

local function append(change, entry)
    local head = put(change, 'INCR', change.tag .. ':head')
    local added = redis.pcall('XADD', change.tag .. ':log', 'MAXLEN', '~', LOG_LENGTH, instant_text(head) .. '-0',
        unpack(entry))
    if added.err then head = append_anyway(change, entry, head, added.err) end
    local size = ENTRY_OVERHEAD
    for i = 2, #entry, 2 do size = size + #entry[i] end
    bound_log(change, head, size)
    return head
end

local write_histories  -- of counts (52_history.lua)

-- Answers the head of the log: a new entry if anything changed.
local function write(change)
    write_asides(change)
    if change.ages_log then age_log(change) end
    for _, one in ipairs(change.writes) do put(change, unpack(one)) end
    write_cases(change)
    write_histories(change)
    if change.document then set_fields(change, change.tag .. ':territory', change.document) end
    local entry = {}
    local function add(name, text)
        if text == '' then return end
        local size = #entry
        entry[size + 1], entry[size + 2] = name, text
    end
    add('cells', write_cells(change))
    add('bookings', write_bookings(change))
    add('facilities', change.facilities and '1' or '')
    add('erased', table.concat(change.erased or NONE, '\n'))
    add('aside', table.concat(change.lines_aside or NONE, '\n'))
    add('why', table.concat(change.whys or NONE, '\n'))
    if #entry == 0 then return head_of(change) end
    add('at', instant_text(change.now) .. ' ' .. change.by)
    return append(change, entry)
end
