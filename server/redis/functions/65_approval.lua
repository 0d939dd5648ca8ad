-- Whether the facility has to agree before a booking is confirmed.
--   approving, of a hold or a confirmation: {rule: never|rules|always, newcomers, lead, decideBy}: the facility's own rules;
--     newcomers: children whom it has never seen, taken at once in a slot, and lead ms before it begins; decideBy: of a
--     request made now

local function all_cells(booking)
    return cells_where(booking, booking.places, function() return true end)
end

local function is_stale(change, cell)
    return cell.stale_at == '' or change.now >= tonumber(cell.stale_at)
end

-- More children whom the facility has never seen than it takes at once, or too shortly before they come. The booking
-- has not taken its places yet.
local function too_many_newcomers(change, booking, approving)
    local come = {}
    for _, place in ipairs(booking.places) do
        if place.startsAt and change.now > place.startsAt - approving.lead then return true end
        local at = slot(booking, place)
        come[at] = (come[at] or newcomers_of(change, booking, place).count) + 1
        if come[at] > approving.newcomers then return true end
    end
    return false
end

-- Why the facility has to agree; nil: it does not.
local function approval_due(change, booking, approving)
    if approving.rule == 'never' then return nil end
    if approving.rule == 'always' then return 'rules' end
    local stale = cells_where(booking, booking.places, function(_, name) return is_stale(change, cell_of(change, name)) end)
    if stale then return 'stale' end
    if not booking.known and too_many_newcomers(change, booking, approving) then return 'newcomer' end
end

-- The facility takes no newcomers, or has no time left in which to agree.
local function not_agreeable(change, booking, approving)
    if not booking.known and approving.newcomers == 0 then
        return problem_of('newcomer_not_accepted', all_cells(booking))
    end
    if not booking.approval or change.now < approving.decideBy then return nil end
    return problem_of(booking.approval == 'newcomer' and 'newcomer_not_accepted' or 'past', all_cells(booking))
end

-- Confirmed, or requested where the facility has to agree.
local function settle(booking, approving)
    booking.state = booking.approval and 'requested' or 'confirmed'
    booking.decideBy = booking.approval and approving.decideBy
end
