import { lucioles, type Town } from './town.js';

interface Hours {
  arrive?: string;
  leave?: string;
  meal?: boolean;
}

/** A service books, for a child of 20 months with its parent's agreement, a morning at Les Lucioles. */
export async function booked(town: Town, date: string, caseRef: string, hours: Hours = {}): Promise<void> {
  const worker = await town.colleague('worker@demo');
  await worker.call('booking.create', {
    facility: lucioles.id,
    places: [{ date, period: 'matin', section: 'moyens', arrive: '08:15', leave: '11:45', meal: false, ...hours }],
    children: [{ ageMonths: 20 }],
    care: 'vip',
    known: false,
    purpose: 'job_interview',
    caseRef,
    contact: { informed: true, firstNames: 'Lina', phone: '03 53 01 09 99' },
  });
  await worker.leave();
}
