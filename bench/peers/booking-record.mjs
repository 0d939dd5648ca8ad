// What the function `hold` is given for one booking of one place: what Placette's server gives it.
import { booked, office } from '../territories.mjs';

export const tag = `{${booked.id}}`;

/** The request, without what differs from booking to booking: that comes in as `unique`. */
export const holdRequest = (unique, fingerprint, { facility, place, birthMonth, care, purpose }) => ({
  account: 'bench-booker',
  key: unique.key,
  fingerprint,
  id: unique.id, // of which the function makes the booking's
  booking: {
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
