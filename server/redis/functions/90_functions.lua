-- The reads.

-- find_replay {account, key, fingerprint}: the recorded effect, or an answer that is not `replayed`.
local function find_replay(keys, args)
    local change, request = begin(keys, args)
    local known, refused = recorded(change, request)
    if refused then return refuse(refused) end
    return answer(change, known or {}, head_of(change), known ~= nil)
end

register('find_replay', find_replay, { 'no-writes' })

local PAGE_STEP = 50
local MAX_EXAMINED = 100

-- Whether a booking has one of the states, and a place until `to` (and from `from`: its last day is known to be).
local function matches(text, request)
    local booking = booking_from(text)
    if not booking then return false end
    if not request.states and not request.to then return true end
    if request.states and not request.states[booking.state] then return false end
    if not request.to then return true end
    for _, place in ipairs(booking.places) do
        if place.date <= request.to and place.date >= (request.from or '') then return true end
    end
    return false
end

-- bookings {by: "facility"|"office", of, from?, to?, states?: {state: true}, cursor?, limit}
--   -> [head, cursor, record...]; the cursor is the last member examined, empty when there is no more.
local function bookings(keys, args)
    local change, request = begin(keys, args)
    local index = change.tag .. ':' .. request.by .. ':' .. request.of
    local after = request.cursor and '(' .. request.cursor or request.from and '[' .. request.from or '-'
    local page, examined = { head_of(change), '' }, 0
    while true do
        local members = redis.pcall('ZRANGEBYLEX', index, after, '+', 'LIMIT', 0, PAGE_STEP)
        if members.err then return page end
        for i, member in ipairs(members) do
            local text = redis.pcall('GET', booking_key(change, string.match(member, '|(.*)$')))
            if type(text) == 'string' and matches(text, request) then table.insert(page, text) end
            examined = examined + 1
            if #page == request.limit + 2 or examined == MAX_EXAMINED then
                if i < #members or #members == PAGE_STEP then page[2] = member end
                return page
            end
        end
        if #members < PAGE_STEP then return page end
        after = '(' .. members[#members]
    end
end

register('bookings', bookings, { 'no-writes' })
