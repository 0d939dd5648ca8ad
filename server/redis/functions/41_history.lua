-- Who changed what is open: the newest changes of each day, erased with it.

local MOST_CHANGES = 100  -- that are told (store.cpp)
local LAST_KEPT = '-' .. MOST_CHANGES
local CUT_ABOVE = 150

local function history_key(change, facility, date)
    return change.tag .. ':history:' .. facility .. ':' .. date
end

-- `from` nil: nobody had stated it.
local function tell_change(change, cell, what, from, to, why)
    local facility, date = split_name(cell.name)
    local histories = made(change, 'histories')
    local key = history_key(change, facility, date)
    if not histories[key] then
        histories[key] = {}
        table.insert(histories, key)
    end
    table.insert(histories[key], table.concat({
        instant_text(change.now), change.by, what, cell.field, from and instant_text(from) or '', instant_text(to),
        why or '',
    }, '|'))
end

write_histories = function(change)
    for _, key in ipairs(change.histories or NONE) do
        local length = put(change, 'RPUSH', key, unpack(change.histories[key]))
        if length > CUT_ABOVE then put(change, 'LTRIM', key, LAST_KEPT, '-1') end
    end
end
