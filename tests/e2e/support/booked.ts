import { lucioles, type Town } from './town.js';

interface Hours {
  arrive?: string;
  leave?: string;
  meal?: boolean;
}

/** A service books, for a child of 20 months with its parent's agreement, a morning at Les Lucioles. */
export async function booked(town: Town, date: string, caseRef: string, hours: Hours = {}): Promise<void> {
  await bookedOften(town, [{ date, period: 'matin', arrive: '08:15', leave: '11:45', ...hours }], [caseRef]);
}

/** The same places for each of the cases, there; the last booking's id. */
export async function bookedOften(
  town: Town,
  places: object[],
  caseRefs: string[],
  facility = lucioles.id,
): Promise<string> {
  const worker = await town.colleague('worker@demo');
  let last = '';
  for (const caseRef of caseRefs) {
    const { booking } = await worker.call('booking.create', {
      facility,
      places: places.map((place) => ({ section: 'moyens', meal: false, ...place })),
      children: [{ ageMonths: 20 }],
      care: 'vip',
      known: false,
      purpose: 'job_interview',
      caseRef,
      contact: { informed: true, firstNames: 'Lina', phone: '03 53 01 09 99' },
    });
    last = booking.id;
  }
  await worker.leave();
  return last;
}
