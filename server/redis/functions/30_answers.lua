-- What a call answers, and what of it is kept under its idempotency key.
-- A command returns its effect {booking?, cells?, count?, confirmedAt?, moreDue?}, ids only, or nil and a problem.

local KEY_LIFETIME = 24 * 3600 * 1000

local function problem(kind, field, cells)
    return { type = kind, field = field, cells = cells }
end

local function refuse(what)
    return cjson.encode({ problem = what })
end

local function booking_text(change, id)
    return change.booking_texts[id] or redis.call('GET', booking_key(change, id))
end

local function cell_lines(change, names)
    local lines = {}
    for i, name in ipairs(names) do
        local cell = cell_of(change, name)
        lines[i] = cell.line or name .. '|' .. cell_text(cell)
    end
    return table.concat(lines, '\n')
end

-- The effect's ids in their present state.
local function answer(change, effect, head, replayed)
    local parts = { '{"offset":' .. head }
    local function add(name, json)
        table.insert(parts, '"' .. name .. '":' .. json)
    end
    if replayed then add('replayed', 'true') end
    if effect.booking then add('booking', booking_text(change, effect.booking)) end
    if effect.cells then add('cells', cjson.encode(cell_lines(change, effect.cells))) end
    if effect.count then add('count', effect.count) end
    if effect.confirmedAt then add('confirmedAt', effect.confirmedAt) end
    if effect.moreDue then add('moreDue', 'true') end
    return table.concat(parts, ',') .. '}'
end

-- The account's length comes first: neither name can pass for a part of the other.
local function key_of(change, request)
    return change.tag .. ':key:' .. #request.account .. ':' .. request.account .. ':' .. request.key
end

-- The effect recorded under the request's key, if any; or the problem that its parameters were others.
local function recorded(change, request)
    if not request.key then return nil end
    local text = redis.call('GET', key_of(change, request))
    if not text then return nil end
    local record = cjson.decode(text)
    if record.ends <= change.now then return nil end
    if record.fingerprint ~= request.fingerprint then return nil, problem('idempotency_mismatch') end
    return record.effect
end

local function remember(change, request, effect)
    if not request.key then return end
    local record = { fingerprint = request.fingerprint, ends = change.now + KEY_LIFETIME, effect = effect }
    redis.call('SET', key_of(change, request), cjson.encode(record), 'PX', KEY_LIFETIME)
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
        local head = write(change)
        if refused then return refuse(refused) end
        remember(change, request, effect)
        return answer(change, effect, head, false)
    end
end
