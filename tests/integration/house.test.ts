// What a manager decides of her own house, and what it does to the board and to bookings.
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Facility, FacilityConfigureParams } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { freshSlot, open, read } from './support/cells.js';
import { lucioles, microCreche, territory } from './support/demo.js';
import { openDay } from './support/days.js';
import { admin, manager, worker } from './support/people.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let boss: Rpc;
let esco: Rpc;
let administrator: Rpc;
beforeAll(async () => {
  server = await Server.start();
  [boss, esco, administrator] = await Promise.all([manager(server), worker(server), admin(server)]);
});
afterAll(() => server.remove());

const configure = (changes: FacilityConfigureParams['changes'], more = {}) =>
  boss.call('facility.configure', { facility: lucioles, key: key(), changes, ...more });
const seenBy = async (rpc: Rpc): Promise<Facility> =>
  (await rpc.call('facility.list', { territory })).facilities.find(({ id }) => id === lucioles)!;
const week = [
  { day: 'mon' as const, period: 'matin', section: 'moyens', open: 3, reserved: 1 },
  { day: 'thu' as const, period: 'apres-midi', section: 'grands', open: 2 },
];

it('what is changed is changed, what is left out stays, and a repeat does nothing again', async () => {
  const before = await seenBy(boss);
  const call = { facility: lucioles, key: key(), changes: { access: 'Bus 3', bring: ['Doudou'], reservedFloor: 1 } };
  const { facility } = await boss.call('facility.configure', call);
  expect(facility).toEqual({ ...before, ...call.changes });
  await configure({ phone: '03 53 01 00 12' });
  expect(await boss.call('facility.configure', call)).toMatchObject({
    replayed: true,
    facility: { ...call.changes, phone: '03 53 01 00 12' },
  });
  await until('the worker sees it', async () => (await seenBy(esco)).phone === '03 53 01 00 12');
});

it('a typical week is its facility’s alone to see, and an administrator’s document leaves it', async () => {
  await configure({ week, publishWeeks: 0, arriveUntil: '09:45', mealCutoff: '08:30' });
  await until('the worker sees what is shown', async () => (await seenBy(esco)).arriveUntil === '09:45');
  const shown = await seenBy(esco);
  expect(shown.mealCutoff).toBe('08:30');
  expect(shown).not.toHaveProperty('week');
  expect(shown).not.toHaveProperty('publishWeeks');
  const whole = await seenBy(boss);
  expect(whole).toMatchObject({ week, publishWeeks: 0 });

  const { week: _, publishWeeks: __, arriveUntil: ___, ...entered } = whole;
  const { facility } = await administrator.call('facility.upsert', {
    territory,
    key: key(),
    facility: { ...entered, mealCutoff: null, access: 'Gare' } as never,
  });
  expect(facility).toMatchObject({ week, arriveUntil: '09:45', mealCutoff: null, access: 'Gare' });
  const { name, timezone } = await administrator.call('territory.get', { territory });
  const document = { territory: { id: territory, name, timezone }, facilities: [entered] } as never;
  expect(await administrator.call('territory.import', { document })).toMatchObject({ changed: 1 });
  expect(await seenBy(boss)).toMatchObject({ week, arriveUntil: '09:45', mealCutoff: '08:30' });
  await configure({ week: [], arriveUntil: null, mealCutoff: null });
});

it('a last arrival bounds the hours of its period, and the others stay as they were', async () => {
  await configure({ arriveUntil: '09:30' });
  for (const rpc of [esco]) await until('it is known', async () => (await seenBy(rpc)).arriveUntil === '09:30');
  const slot = freshSlot();
  const { date, section } = slot;
  for (const period of ['matin', 'apres-midi']) await open(boss, { ...slot, period }, 2);
  const late = await esco.refused('booking.hold', {
    ...wish(slot),
    places: [{ date, period: 'matin', section, arrive: '09:45' }],
  });
  expect([late.problem, late.data.field]).toEqual(['outside_hours', 'places[0].arrive']);
  await esco.call('booking.hold', { ...wish(slot), places: [{ date, period: 'matin', section, arrive: '09:30' }] });
  await esco.call('booking.hold', {
    ...wish(slot),
    places: [{ date, period: 'apres-midi', section, arrive: '15:00' }],
  });
  await configure({ arriveUntil: null });
});

it('a meal can be booked for a day to come', async () => {
  await configure({ mealCutoff: '00:01' });
  await until('it is known', async () => (await seenBy(esco)).mealCutoff === '00:01');
  const slot = freshSlot();
  await open(boss, slot, 1);
  const { date, period } = slot;
  await esco.call('booking.hold', { ...wish(slot), places: [{ date, period, meal: true }] });
  await configure({ mealCutoff: null });
});

it('a closure closes its days; where it hits bookings it is told first', async () => {
  const slot = freshSlot();
  await open(boss, slot, 2);
  const { booking } = await esco.call('booking.create', wish(slot));
  const closures = [{ from: slot.date, to: slot.date, reason: 'Journée pédagogique' }];
  const refused = await boss.refused('facility.configure', { facility: lucioles, key: key(), changes: { closures } });
  expect([refused.problem, refused.data.bookings]).toEqual(['below_committed', [booking.id]]);
  expect((await seenBy(boss)).closures).toEqual([]);
  await configure({ closures }, { force: true });
  expect((await esco.call('booking.get', { booking: booking.id })).booking.state).toBe('cancelled_by_facility');
  expect(await read(boss, slot)).toMatchObject({ closed: true, vip: 0 });
  await configure({ closures: [] });
  expect(await read(boss, slot)).toMatchObject({ closed: false, open: 2 });
});

it('is the manager’s of that facility alone', async () => {
  const call = { key: key(), changes: { access: 'x' } };
  expect((await boss.refused('facility.configure', { ...call, facility: microCreche })).problem).toBe('forbidden');
  expect((await esco.refused('facility.configure', { ...call, facility: lucioles })).problem).toBe('forbidden');
  expect((await administrator.refused('facility.configure', { ...call, facility: lucioles })).problem).toBe(
    'forbidden',
  );
  expect((await boss.refused('availability.history', { facility: microCreche, date: openDay(1) })).problem).toBe(
    'forbidden',
  );
});
