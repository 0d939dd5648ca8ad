// What the function `hold` is given for one booking of one place: what Placette's server gives it.
import { runNow } from '../process.mjs';
import { booked, office } from '../territories.mjs';

export const tag = `{${booked.id}}`;

const sum = `
local taken = 0
for _, key in ipairs(redis.call('KEYS', ARGV[1] .. ':cells:*')) do
  for _, cell in ipairs(redis.call('HVALS', key)) do
    local vip, other = string.match(cell, '^%d+,%d+,(%d+),(%d+),')
    taken = taken + vip + other
  end
end
return taken`;

/** Places taken so far, as Redis has them. */
export const placesTaken = (socket) => Number(runNow('redis-cli', ['-s', socket, 'EVAL', sum, '0', tag]));

/** The request, without what differs from booking to booking: that comes in as `unique`. */
export const holdRequest = (unique, fingerprint, { facility, place, birthMonth, care, purpose }) => ({
  account: 'bench-booker',
  key: unique.key,
  fingerprint,
  booking: {
    id: `${booked.id}.${unique.id}`,
    facility,
    office,
    places: [{ id: 0, child: 0, ...place, ...instantsOf(place) }],
    children: [{ birthMonth, walker: false }],
    known: false,
    bookedBy: { account: 'bench-booker', name: 'bench-booker', phone: '' },
    care,
    purpose,
    caseRef: unique.caseRef,
    commune: '',
    contact: '',
  },
  ttl: 300000,
  confirm: true,
  force: false,
});

// Winter or summer is nothing to what is measured: an hour to the west of Paris will do.
const ends = { matin: '12:30', 'apres-midi': '18:00' };
function instantsOf({ date, period }) {
  const endsAt = Date.parse(`${date}T${ends[period]}:00Z`);
  return { endsAt, bookableUntil: endsAt - 3600000 };
}
