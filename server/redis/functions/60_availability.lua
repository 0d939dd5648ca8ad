-- What the facility offers.
--   set_cells      {items: [{cell, open, reserved?, expectedVersion?, staleAt, atMost?}], force}
--   adjust_cells   {items: [{cell, by, why?, staleAt, atMost?}], force}
--     atMost: open in all sections of the slot, by law
--   confirm_cells  {facility, days: [{date, staleAt}]}
--   import_cells   {items: [{cell, open, reserved, confirmedAt?, staleAt}], onlyAbsent} -> skipped: <cell>|<problem>

local function facility_of(name)
    return string.match(name, '^[^|]*')
end

local function end_due_around(change, items)
    local facilities = {}
    for _, item in ipairs(items) do facilities[facility_of(item.cell)] = true end
    end_due(change, facilities)
end

local function item_cells(items)
    local names = {}
    for i, item in ipairs(items) do names[i] = item.cell end
    return names
end

-- Nil if there are none.
local function items_where(change, items, passes)
    local names
    for _, item in ipairs(items) do
        if passes(item, cell_of(change, item.cell)) then
            names = names or {}
            names[#names + 1] = item.cell
        end
    end
    return names
end

-- `what` was done to it, for its history.
local function count_cell(change, cell, open, reserved, what, why)
    local from = cell.version > 0 and cell.open or nil
    if open ~= from then tell_change(change, cell, what, from, open, why) end
    touch_cell(change, cell)
    cell.open = open
    cell.reserved = reserved
end

local function confirm_cell(change, cell, confirmed_at, stale_at)
    touch_cell(change, cell)
    cell.confirmed_at = instant_text(confirmed_at)
    cell.stale_at = instant_text(stale_at)
end

-- What the names of its cells begin with.
local function slot_of(name)
    return string.match(name, '^[^|]*|[^|]*|[^|]*|')
end

-- By slot, how many places more the items open there; nil if none of them has a bound.
local function slots_opened(change, items, new_open)
    local slots, bound = {}, false
    for _, item in ipairs(items) do
        local slot = slot_of(item.cell)
        slots[slot] = (slots[slot] or 0) + new_open(item, cell_of(change, item.cell)) - cell_of(change, item.cell).open
        bound = bound or item.atMost ~= nil
    end
    return bound and slots or nil
end

local function open_in(change, slot)
    local facility, date = split_name(slot)
    local open = 0
    for _, cell in ipairs(cells_of_day(change, facility, date)) do
        if string.sub(cell.name, 1, #slot) == slot and not cell.closed then open = open + cell.open end
    end
    return open
end

-- The cells of slots in which too much would be open; nil if there are none. Only who opens more meets that: what
-- was above already may be lowered, or moved from one section to another.
local function over_capacity(change, items, new_open)
    local more = slots_opened(change, items, new_open)
    if not more then return nil end
    return items_where(change, items, function(item)
        local slot = slot_of(item.cell)
        return item.atMost and more[slot] > 0 and open_in(change, slot) + more[slot] > item.atMost
    end)
end

local function not_adjustable(change, items, force, new_open)
    return problem_of('closed', items_where(change, items, function(_, cell)
        return is_closed(change, cell)
    end))
        or not force and problem_of('below_committed', items_where(change, items, function(item, cell)
            local open = new_open(item, cell)
            return open < cell.open and open < cell.vip + cell.other
        end))
        or not force and problem_of('over_capacity', over_capacity(change, items, new_open))
        or nil
end

writes('set_cells', function(change, request)
    local items = request.items
    end_due_around(change, items)
    read_cells(change, items)
    local refused = problem_of('version_conflict', items_where(change, items, function(item, cell)
        return item.expectedVersion and item.expectedVersion ~= cell.version
    end)) or not_adjustable(change, items, request.force, function(item) return item.open end)
    if refused then return nil, refused end
    for _, item in ipairs(items) do
        local cell = cell_of(change, item.cell)
        count_cell(change, cell, item.open, item.reserved or cell.reserved, 'set')
        confirm_cell(change, cell, change.now, item.staleAt)
    end
    return { cells = item_cells(items) }
end)

local MAX_PLACES = 999

writes('adjust_cells', function(change, request)
    local items = request.items
    end_due_around(change, items)
    read_cells(change, items)
    local function new_open(item, cell) return cell.open + item.by end
    for i, item in ipairs(items) do
        local open = new_open(item, cell_of(change, item.cell))
        if open < 0 or open > MAX_PLACES then
            return nil, problem('invalid_params', 'cells[' .. (i - 1) .. '].by', { item.cell })
        end
    end
    local refused = not_adjustable(change, items, request.force, new_open)
    if refused then return nil, refused end
    for _, item in ipairs(items) do
        local cell = cell_of(change, item.cell)
        count_cell(change, cell, new_open(item, cell), cell.reserved, 'adjusted', item.why)
        confirm_cell(change, cell, change.now, item.staleAt)
        if item.why then table.insert(made(change, 'whys'), item.cell .. '|' .. item.why) end
    end
    return { cells = item_cells(items) }
end)

writes('confirm_cells', function(change, request)
    local facility, count = request.facility, 0
    end_due(change, { [facility] = true })
    for _, day in ipairs(request.days) do
        for _, cell in ipairs(cells_of_day(change, facility, day.date)) do
            confirm_cell(change, cell, change.now, day.staleAt)
            count = count + 1
        end
    end
    return { count = count, confirmedAt = change.now }
end)

writes('import_cells', function(change, request)
    local count, skipped = 0, {}
    end_due_around(change, request.items)
    read_cells(change, request.items)
    for _, item in ipairs(request.items) do
        local cell = cell_of(change, item.cell)
        if cell.version == 0 or not request.onlyAbsent then
            local below = item.open < cell.open and item.open < cell.vip + cell.other
            local why = is_closed(change, cell) and cell.version == 0 and 'closed' or below and 'below_committed'
            if why then
                table.insert(skipped, item.cell .. '|' .. why)
            else
                count_cell(change, cell, item.open, item.reserved, 'imported')
                confirm_cell(change, cell, item.confirmedAt or change.now, item.staleAt)
                count = count + 1
            end
        end
    end
    return { count = count, skipped = skipped }
end)
