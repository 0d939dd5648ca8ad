import type { Booking, TerritoryImportParams } from '../../../client-js/sdk/src/generated/messages.js';
import { wish } from './bookings.js';
import { openDay } from './days.js';
import { lucioles, office, territory, timezone } from './demo.js';
import { key, type Rpc } from './rpc.js';
import { until } from './until.js';

/** A territory beside the demo's, with one facility like its first, which the demo worker's office serves too. */
export async function anotherTerritory(boss: Rpc, id: string, offices = [office]): Promise<{ facility: string }> {
  const { facilities } = await boss.call('facility.list', { territory });
  const { communes, offices: known } = await boss.call('territory.get', { territory });
  const facility = { ...facilities.find(({ id }) => id === lucioles)!, id: `${id}-lucioles` };
  const document = {
    territory: { id, name: `Territoire ${id}`, timezone, communes },
    offices: known.filter(({ id }) => offices.includes(id)),
    facilities: [facility],
    cells: Array.from({ length: 10 }, (_, n) => ({
      facility: facility.id,
      date: openDay(n + 1),
      period: 'matin',
      section: 'moyens',
      open: 50,
    })),
  };
  await boss.call('territory.import', { key: key(), document } as TerritoryImportParams);
  await until('its board is there', () =>
    boss.call('board.get', { territory: id, from: openDay(1), days: 1 }).catch(() => undefined),
  );
  return { facility: facility.id };
}

/** Of the office, in the n-th days from now. */
export async function booked(worker: Rpc, facility: string, n = 1): Promise<Booking> {
  const slot = { facility, date: openDay(n), period: 'matin', section: 'moyens' };
  return (await worker.call('booking.create', wish(slot))).booking;
}
