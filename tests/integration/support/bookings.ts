import type { BookingCreateParams } from '../../../client-js/sdk/src/generated/messages.js';
import { ageFor, type Slot } from './cells.js';
import { key } from './rpc.js';

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
