-- A typical week put on some days.
--   apply_week  {facility, items: [{cell, open, reserved?, staleAt, atMost?}], onlyAbsent, dry, published?}
--               -> cells: those that it stated; skipped: <cell>|<problem>, where it is not as the week says

-- No lower than what is taken; a count that is below that already stays there.
local function held_up(cell, open)
    local taken = cell.vip + cell.other
    if open >= taken then return open end
    return math.max(open, math.min(cell.open, taken))
end

local function published_key(change)
    return change.tag .. ':published'
end

-- By itself each week of each reach is published once a day, whichever node comes first.
local function is_published(change, request)
    if read(change, 'HGET', published_key(change), request.facility) == request.published then return true end
    stage(change, 'HSET', published_key(change), request.facility, request.published)
end

writes('apply_week', function(change, request)
    local effect = { cells = {}, skipped = {}, tried = request.dry or nil }
    if request.published and is_published(change, request) then return effect end
    end_due(change, { [request.facility] = true })
    read_cells(change, request.items)
    local function skip(item, why) table.insert(effect.skipped, item.cell .. '|' .. why) end
    local function is_left(item)
        local cell = cell_of(change, item.cell)
        return request.onlyAbsent and cell.version > 0 or is_closed(change, cell)
    end
    local function new_open(item, cell) return is_left(item) and cell.open or held_up(cell, item.open) end
    local unlawful = {}
    for _, name in ipairs(over_capacity(change, request.items, new_open) or NONE) do unlawful[name] = true end
    for _, item in ipairs(request.items) do
        local cell = cell_of(change, item.cell)
        local open = new_open(item, cell)
        if is_left(item) then
            if cell.version == 0 or not request.onlyAbsent then skip(item, 'closed') end
        elseif unlawful[item.cell] and open > cell.open then
            skip(item, 'over_capacity')
        else
            if open ~= item.open then skip(item, 'below_committed') end
            count_cell(change, cell, open, item.reserved or cell.reserved, request.published and 'published' or 'week')
            if not request.published then confirm_cell(change, cell, change.now, item.staleAt) end
            table.insert(effect.cells, item.cell)
        end
    end
    return effect
end)
