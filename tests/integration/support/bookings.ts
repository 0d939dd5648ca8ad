import type { Booking, BookingCreateParams } from '../../../client-js/sdk/src/generated/messages.js';
import { ageFor, type Slot } from './cells.js';
import { office } from './demo.js';
import { key, type Rpc } from './rpc.js';

let cases = 0;

/** A pseudonym that no other booking of the run has. */
export const caseRef = (): string => `T-${process.pid}-${++cases}`;

/** The params of a booking of one place in the slot. */
export function wish(
  { facility, date, period, section }: Slot,
  more: Partial<BookingCreateParams> = {},
): BookingCreateParams {
  return {
    facility,
    key: key(),
    places: [{ date, period }],
    children: [{ ageMonths: ageFor[section]!, walker: section !== 'bebes' }],
    care: 'vip',
    purpose: 'job_interview',
    caseRef: caseRef(),
    ...more,
  };
}

/** All bookings of the demo worker's office, page by page. */
export async function allBookings(reader: Pick<Rpc, 'call'>): Promise<Booking[]> {
  const all = new Map<string, Booking>();
  let cursor: string | undefined;
  do {
    const page = await reader.call('booking.list', { office, ...(cursor && { cursor }) });
    page.bookings.forEach((booking) => all.set(booking.id, booking));
    cursor = page.cursor;
  } while (cursor);
  return [...all.values()];
}
