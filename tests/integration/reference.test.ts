// Facilities that change under bookings that were made: nobody is left with a booking that cannot be.
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking, Facility } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { open, read, type Slot } from './support/cells.js';
import { openDay } from './support/days.js';
import { lucioles, moulin, territory } from './support/demo.js';
import { admin, manager, worker } from './support/people.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let boss: Rpc;
let esco: Rpc;
let administrator: Rpc;
let before: Facility;
beforeAll(async () => {
  server = await Server.start();
  [boss, esco, administrator] = await Promise.all([manager(server), worker(server), admin(server)]);
  before = (await facilityNow(lucioles))!;
});
afterAll(() => server.remove());

const facilityNow = async (id: string): Promise<Facility | undefined> =>
  (await administrator.call('facility.list', { territory })).facilities.find((one) => one.id === id);
const date = openDay(20);
const slot: Slot = { facility: lucioles, date, period: 'matin', section: 'moyens' };
const cells = async () => {
  const board = await boss.call('board.get', { territory, from: date, days: 1, facilities: [lucioles] });
  return board.cells.map(({ period, section }) => `${period} ${section}`);
};
const upsert = (change: Partial<Facility>, force?: boolean) => ({
  territory,
  key: key(),
  facility: { ...before, ...change } as never,
  ...(force && { force }),
});
const present = async ({ id }: Booking) => (await esco.call('booking.get', { booking: id })).booking;

async function booked(): Promise<{ confirmed: Booking; held: Booking }> {
  await administrator.call('facility.upsert', upsert({}));
  // Each thread of the server hears of it in its own time.
  for (const rpc of [boss, esco])
    await until('it is known', async () => {
      const { facilities } = await rpc.call('facility.list', { territory });
      return isDeepStrictEqual(
        facilities.find(({ id }) => id === lucioles),
        before,
      );
    });
  await open(boss, slot, 9);
  const { booking: confirmed } = await esco.call('booking.create', wish(slot));
  const { booking: held } = await esco.call('booking.hold', wish(slot));
  return { confirmed, held };
}

const changes: [string, () => Partial<Facility>][] = [
  ['a closure', () => ({ closures: [{ from: date, to: date, reason: 'Pont' }] })],
  ['a period that goes', () => ({ periods: before.periods.filter(({ id }) => id !== 'matin') })],
  ['a period on fewer days', () => ({ periods: before.periods.map((one) => ({ ...one, days: [otherDay()] })) })],
  [
    'a section that is renamed',
    () => ({
      sections: before.sections.map((one) => (one.id === 'moyens' ? { ...one, id: 'milieu' } : one)),
    }),
  ],
];
const otherDay = () => {
  const names = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
  const day = new Date(`${date}T12:00:00Z`).getUTCDay();
  return names[(day + 1) % 7 || 1]!;
};

describe.each(changes)('%s', (_, change) => {
  it('is refused while bookings would not fit, and names them; dryRun tells the same', async () => {
    const { confirmed, held } = await booked();
    const refused = await administrator.refused('facility.upsert', upsert(change()));
    expect(refused.problem).toBe('below_committed');
    expect(new Set(refused.data.bookings)).toEqual(new Set([confirmed.id, held.id]));
    expect(refused.data.cells).toContainEqual(slot);
    expect(await facilityNow(lucioles)).toEqual(before);
    expect((await present(confirmed)).version).toBe(confirmed.version);

    const { name, timezone } = await administrator.call('territory.get', { territory });
    const document = {
      territory: { id: territory, name, timezone },
      facilities: [{ ...before, ...change() }],
    } as never;
    const { problems } = await administrator.call('territory.import', { document, dryRun: true });
    for (const { id } of [confirmed, held])
      expect(problems).toContainEqual({ field: 'facilities', detail: `booking ${id} would not fit any more` });
    expect(await facilityNow(lucioles)).toEqual(before);
    for (const booking of [confirmed, held])
      await (booking === held
        ? esco.call('booking.release', { booking: held.id, key: key() })
        : esco.call('booking.cancel', { booking: confirmed.id, key: key(), reason: 'mistake' }));
  });

  it('with force cancels them for the facility, in one step, and its counts are not free any more', async () => {
    const { confirmed, held } = await booked();
    await esco.call('booking.subscribe', {});
    await administrator.call('facility.upsert', upsert(change(), true));
    expect(await present(confirmed)).toMatchObject({
      state: 'cancelled_by_facility',
      places: [{ outcome: 'cancelled' }],
    });
    expect((await present(held)).state).toBe('released');
    await esco.notified(
      'booking.changed',
      ({ booking }) => booking.id === confirmed.id && booking.state === 'cancelled_by_facility',
    );
    const left = await read(boss, slot);
    if (left) expect(left).toMatchObject({ closed: true, vip: 0, held: 0 });
    const named = (await facilityNow(lucioles))!;
    const allowed = named.periods.flatMap((period) => named.sections.map((one) => `${period.id} ${one.id}`));
    for (const cell of await cells()) expect(allowed).toContain(cell);
    expect((await esco.refused('booking.hold', wish(slot))).problem).toMatch(
      /^(closed|outside_hours|no_place|invalid_params|age_out_of_range)$/,
    );
  });
});

it('hours that are shorter than those of a booking hit it, and longer ones do not', async () => {
  await booked();
  const hours = (start: string) => ({
    periods: before.periods.map((one) => (one.id === 'matin' ? { ...one, start } : one)),
  });
  const { places } = wish(slot);
  const early = { ...wish(slot), places: places.map((place) => ({ ...place, arrive: '08:00' })) };
  const { booking } = await esco.call('booking.create', early);
  const refused = await administrator.refused('facility.upsert', upsert(hours('08:30')));
  expect(refused.data.bookings).toEqual([booking.id]);
  await administrator.call('facility.upsert', upsert(hours('07:30')));
});

it('a facility goes when no booking of it is to come, and only then', async () => {
  const at = { ...slot, facility: moulin };
  await open(boss, at, 2);
  const { booking } = await esco.call('booking.create', wish(at));
  const call = { facility: moulin, key: key() };
  const refused = await administrator.refused('facility.remove', call);
  expect([refused.problem, refused.data.bookings]).toEqual(['below_committed', [booking.id]]);
  await esco.call('booking.cancel', { booking: booking.id, key: key(), reason: 'mistake' });
  const { offset } = await administrator.call('facility.remove', call);
  expect(await administrator.call('facility.remove', call)).toMatchObject({ replayed: true });
  expect((await administrator.refused('facility.remove', { ...call, key: key() })).problem).toBe('not_found');
  expect(await facilityNow(moulin)).toBeUndefined();
  const board = await esco.call('board.get', { territory, from: date, days: 1 });
  expect(board.offset).toBeGreaterThanOrEqual(offset);
  expect(board.cells.some(({ facility }) => facility === moulin)).toBe(false);
  expect((await esco.call('booking.get', { booking: booking.id })).booking.facility).toBe(moulin);
  expect((await esco.refused('booking.hold', wish(at))).problem).toMatch(/invalid_params|forbidden|not_found/);
});
