-- A facility closes for once, by its manager's hand.
--   close_cells   {facility, items: [{cell}], reason, dry}   -> bookings, cells; dry: those that it would hit, as they are
--   reopen_cells  {facility, items: [{cell}]}                -> cells: those that there are

-- The days of the cells, each once, and their names as a set.
local function days_and_names(facility, items)
    local days, names, last = {}, {}, nil
    for _, item in ipairs(items) do
        local _, date = split_name(item.cell)
        if date ~= last then days[#days + 1] = { facility = facility, date = date } end
        last = date
        names[item.cell] = true
    end
    return days, names
end

local function close_by_hand(change, cell, reason)
    if cell.by_hand then return end
    touch_cell(change, cell)
    cell.closed, cell.by_hand = true, true
    table.insert(made(change, 'whys'), cell.name .. '|' .. reason)
    tell_change(change, cell, 'closed', cell.version > 1 and cell.open or nil, cell.open, reason)
end

writes('close_cells', function(change, request)
    end_due(change, { [request.facility] = true })
    read_cells(change, request.items)
    local days, closes = days_and_names(request.facility, request.items)
    local found = places_hit(change, days, function(booking, place) return closes[place_cell(booking, place)] end)
    local effect = { bookings = {}, cells = item_cells(request.items) }
    for i, one in ipairs(found) do effect.bookings[i] = one.booking.id end
    if request.dry then return effect end
    for _, one in ipairs(found) do displace(change, one.booking, one.places, request.reason) end
    for _, name in ipairs(effect.cells) do close_by_hand(change, cell_of(change, name), request.reason) end
    return effect
end)

writes('reopen_cells', function(change, request)
    end_due(change, { [request.facility] = true })
    read_cells(change, request.items)
    local there = {}
    for _, item in ipairs(request.items) do
        local cell = cell_of(change, item.cell)
        if cell.by_hand then
            local facility, date = split_name(cell.name)
            touch_cell(change, cell)
            cell.by_hand = false
            cell.closed = closed_by_document(change, facility, date)
            tell_change(change, cell, 'reopened', cell.open, cell.open)
        end
        if cell.version > 0 then there[#there + 1] = cell.name end
    end
    return { cells = there }
end)
