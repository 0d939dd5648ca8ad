-- What a call answers, and what of it is kept under its idempotency key.
-- A command returns its effect {bookings?, cells?, count?, confirmedAt?, moreDue?, skipped?, differences?, lost?}:
-- ids only, or nil and a problem. An effect that is only `tried` is answered, and neither written nor recorded.

local KEY_LIFETIME = 24 * 3600 * 1000
local KEY_LIFETIME_TEXT = KEY_LIFETIME .. ''

-- Fingerprints of before they were keyed cannot be compared: for a day after an update a key is believed.
local UNKEYED = 32

local LINES = { 'skipped', 'differences', 'lost' }  -- of an effect: told as one text

local function problem(kind, field, cells)
    return { type = kind, field = field, cells = cells }
end

local function refuse(what)
    return cjson.encode({ problem = what })
end

-- Nil: it was erased meanwhile, or cannot be read.
local function booking_text(change, id)
    local text = change.booking_texts and change.booking_texts[id]
    if text then return text end
    text = redis.pcall('GET', booking_key(change, id))
    return type(text) == 'string' and booking_from(text) and text or nil
end

local function cell_lines(change, names)
    local lines = {}
    for i, name in ipairs(names) do
        local cell = cell_of(change, name)
        lines[i] = cell.line or name .. '|' .. cell_text(cell)
    end
    return table.concat(lines, '\n')
end

-- The effect's ids in their present state. Put together once: Lua hashes each text that it makes, and long ones badly.
local function answer(change, effect, head, replayed)
    local parts = { '{"offset":', instant_text(head) }
    local function add(...)
        for _, text in ipairs({ ... }) do parts[#parts + 1] = text end
    end
    if replayed then add(',"replayed":true') end
    if effect.bookings then
        add(',"bookings":[')
        for i, id in ipairs(effect.bookings) do
            local text = booking_text(change, id)
            if not text then return refuse(problem('not_found')) end
            add(i > 1 and ',' or '', text)
        end
        add(']')
    end
    if effect.cells then add(',"cells":', cjson.encode(cell_lines(change, effect.cells))) end
    if effect.count then add(',"count":', effect.count) end
    if effect.confirmedAt then add(',"confirmedAt":', instant_text(effect.confirmedAt)) end
    if effect.moreDue then add(',"moreDue":true') end
    for _, name in ipairs(LINES) do
        local lines = effect[name]
        if lines and #lines > 0 then add(',"' .. name .. '":', cjson.encode(table.concat(lines, '\n'))) end
    end
    add('}')
    return table.concat(parts)
end

-- The account's length comes first: neither name can pass for a part of the other.
local function key_of(change, request)
    return change.tag .. ':key:' .. #request.account .. ':' .. request.account .. ':' .. request.key
end

-- The effect recorded under the request's key, if any; or the problem that its parameters were others. A record that
-- cannot be read counts as of others: what was done under the key is not done a second time.
local function recorded(change, request)
    if not request.key then return nil end
    local text = redis.pcall('GET', key_of(change, request))
    if not text then return nil end
    local readable, record = pcall(cjson.decode, text)
    if not readable or type(record) ~= 'table' or type(record.ends) ~= 'number' or type(record.effect) ~= 'table'
        or type(record.fingerprint) ~= 'string' then
        return nil, problem('idempotency_mismatch')
    end
    if record.ends <= change.now then return nil end
    local same = record.fingerprint == request.fingerprint or #record.fingerprint == UNKEYED
    if not same then return nil, problem('idempotency_mismatch') end
    if record.effect.booking then record.effect.bookings = { record.effect.booking } end  -- of schema 3
    return record.effect
end

local function remember(change, request, effect)
    if not request.key then return end
    local record = '{"ends":' .. instant_text(change.now + KEY_LIFETIME) .. ',"fingerprint":'
        .. cjson.encode(request.fingerprint) .. ',"effect":' .. cjson.encode(effect) .. '}'
    put(change, 'SET', key_of(change, request), record, 'PX', KEY_LIFETIME_TEXT)
end

-- Makes a command a function of the library. A repeat changes nothing, not even what is due.
local function writing(command)
    return function(keys, args)
        local change, request = begin(keys, args)
        local known, refused = recorded(change, request)
        if refused then return refuse(refused) end
        if known then return answer(change, known, head_of(change), true) end
        local effect
        effect, refused = command(change, request, args)
        if effect and effect.tried then return answer(change, effect, head_of(change), false) end
        local head = write(change)
        if refused then return refuse(refused) end
        remember(change, request, effect)
        return answer(change, effect, head, false)
    end
end

-- LIBRARY, the library's own name, is put before this source when it is loaded.
local function register(name, callback, flags)
    redis.register_function({ function_name = LIBRARY .. '_' .. name, callback = callback, flags = flags })
end

-- A function of the library, under its name, that changes something: it answers its effect, or nil and a problem.
local function writes(name, command)
    register(name, writing(command))
end
