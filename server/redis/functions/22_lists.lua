-- Where a booking stands from its first moment to its erasure, beside its own key: in the set of each of its days, and in
-- the lists of its facility and its office.

local function last_day(booking)
    local last = ''
    for _, place in ipairs(booking.places) do
        if place.date > last then last = place.date end
    end
    return last
end

-- Distinct, in their order.
local function days_of(booking)
    local days, seen = {}, {}
    for _, place in ipairs(booking.places) do
        if not seen[place.date] then table.insert(days, place.date) end
        seen[place.date] = true
    end
    return days
end

-- The lists, and its member in them.
local function lists_of(change, booking)
    return { change.tag .. ':facility:' .. booking.facility, change.tag .. ':office:' .. booking.office },
        last_day(booking) .. '|' .. booking.id
end
