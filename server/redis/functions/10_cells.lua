-- Placette's writes, as one library of Redis Functions: all files of this folder, in the order of their names.
-- Its specification is the model of the tests (tests/model); a property test holds the two together.
--
--   FCALL <LIBRARY>_<name> 1 <tag> <request> [<field> <value>...]
--     KEYS[1]  the territory's hash tag, "{200000925}": every key that a call touches begins with it
--     ARGV[1]  the request, a JSON object: `id`, what new records are named after; `account`, who asks; `key` and
--              `fingerprint` for idempotency; `now` in tests alone; and what the file of the function says
--     ARGV[2]… put_territory: fields of the document, kept unread
--   -> JSON: {offset, replayed?, bookings?, cells?, count?, confirmedAt?, moreDue?, skipped?, differences?, lost?}
--      or {problem: {type, field?, detail?, cells?, bookings?}}
--
-- Keys, after the tag:
--   :head                        number of the last log entry: its offset
--   :log                         stream, ids <offset>-0; what changed: `cells`, `bookings` (one state a line), `facilities`,
--                                `erased` (bookings), `aside` (records, one a line); and `at`: instant, blank, account;
--                                `why`, said of places that were taken away: <cell>|<word>, one a line
--   :logged                      bytes that large entries of the log have ever taken; :marks, a list of offsets, one a part of it
--   :territory                   hash: revision, and the document: territory, facility:<id>
--   :cells:<facility>:<date>     hash: <period>|<section> -> a cell's text
--   :history:<facility>:<date>   list, the oldest first: <instant>|<account>|<what>|<period>|<section>|<from>|<to>|<why>
--   :published                   hash: facility -> what its week was last published from, and when
--   :day:<facility>:<date>       set: the bookings that have a place there, whatever became of them
--   :days                        zset of equal scores: <date>|<facility>, all that have cells or bookings
--   :booking:<id>                JSON
--   :facility:<id>, :office:<id> zset of equal scores: <last day>|<booking>, the bookings in the order of their days
--   :holds                       zset: <booking>|<facility>, by the instant at which the hold ends
--   :held:<office>               zset: <booking>|<places>, the office's holds, by the instant at which they end
--   :lapsed                      zset: bookings that were never confirmed, by the instant at which they ended
--   :case:<office>:<case>        hash: <facility>|<date>|<period> -> places that the case has there
--   :key:<n>:<account>:<key>     JSON: an idempotency record
--   :aside                       hash: what could not be read, by the key (and field) under which it stood
--
-- A case is what its reference is one with: `caseKey` of a booking, where it is not written like that.
-- A booking is in the sets of its days, in both lists and in its own key from its first moment to its erasure.
-- All instants are UTC milliseconds: JSON keeps 14 digits here, enough until the year 5138.

-- A cell's text: open,reserved,vip,other,heldVip,heldOther,closed,version,confirmedAt,staleAt
-- Closed is 0, or 1 as the facility's document says, or 2 by the manager's hand, whatever the document says.
local CELL = '^(%d+),(%d+),(%-?%d+),(%-?%d+),(%-?%d+),(%-?%d+),([012]),(%d+),(%d*),(%d*)$'

-- Nil: the text is none of a cell.
local function cell_from(text)
    local open, reserved, vip, other, held_vip, held_other, closed, version, confirmed_at, stale_at =
        string.match(text, CELL)
    if not open then return nil end
    return {
        open = tonumber(open), reserved = tonumber(reserved), vip = tonumber(vip), other = tonumber(other),
        held_vip = tonumber(held_vip), held_other = tonumber(held_other),
        closed = closed ~= '0', by_hand = closed == '2',
        version = tonumber(version), confirmed_at = confirmed_at, stale_at = stale_at,
    }
end

local function absent_cell()
    return {
        open = 0, reserved = 0, vip = 0, other = 0, held_vip = 0, held_other = 0, closed = false, by_hand = false,
        version = 0, confirmed_at = '', stale_at = '',
    }
end

local function cell_text(cell)
    local closed = cell.by_hand and 2 or cell.closed and 1 or 0
    return string.format('%d,%d,%d,%d,%d,%d,%d,%d,%s,%s', cell.open, cell.reserved, cell.vip, cell.other,
        cell.held_vip, cell.held_other, closed, cell.version, cell.confirmed_at, cell.stale_at)
end

local function instant_text(instant)
    return string.format('%d', instant)
end

-- Protected nesting: insertion care may take all that is open, other care only what is not protected.
local function free(cell, care, vip, other)
    local protected = care == 'vip' and vip or math.max(vip, cell.reserved)
    return math.max(0, cell.open - other - protected)
end

-- Why `count` more places of this care do not fit; nil if they do.
local function shortage(cell, care, count)
    if count <= free(cell, care, cell.vip, cell.other) then return nil end
    if care == 'other' and count <= free(cell, 'vip', cell.vip, cell.other) then return 'kept_for_vip' end
    if count <= free(cell, care, cell.vip - cell.held_vip, cell.other - cell.held_other) then
        return 'reserved_by_hold'
    end
    return 'no_place'
end
