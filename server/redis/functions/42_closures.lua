-- Closed days, as the facility's document says now: whoever prepared the call may not have known.

local function covers(closures, date)
    for _, closure in ipairs(closures) do
        if closure.from <= date and date <= closure.to then return true end
    end
    return false
end

local function closed_by_document(change, facility, date)
    local closures = change.closures and change.closures[facility]
    if not closures then
        local text = read(change, 'HGET', change.tag .. ':territory', 'facility:' .. facility)
        local readable, document = pcall(cjson.decode, text or '{}')
        closures = readable and type(document) == 'table' and document.closures or {}
        change.closures = change.closures or {}
        change.closures[facility] = closures
    end
    return covers(closures, date)
end

-- A cell that does not exist is closed if its day is.
local function is_closed(change, cell)
    if cell.version > 0 then return cell.closed end
    local facility, date = split_name(cell.name)
    return closed_by_document(change, facility, date)
end

-- What the document closes and reopens; a cell that the manager has closed stays as it is.
local function follow_document(change, cell, closed)
    if cell.by_hand or cell.closed == closed then return end
    touch_cell(change, cell)
    cell.closed = closed
    tell_change(change, cell, closed and 'closed' or 'reopened', cell.open, cell.open)
end
