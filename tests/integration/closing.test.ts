// A facility that closes for once: a half-day, a day, a span. What was booked there is told at once, in one step.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Cell } from '../../client-js/sdk/src/generated/messages.js';
import { caseRef, wish } from './support/bookings.js';
import { ageFor, open, read, type Slot } from './support/cells.js';
import { nextSaturday, openDay, plusDays, today } from './support/days.js';
import { lucioles, periods, sections, territory } from './support/demo.js';
import { openDesk } from './support/desk.js';
import { dayIn, writeMovedDemo, zoneAt } from './support/moved_demo.js';
import { admin, manager } from './support/people.js';
import { key } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

const desk = openDesk();

// Days beyond those that the desk's slots are on: each test has its own.
let last = 22;
function freshDay(): { date: string; at(period: string, section?: string): Slot } {
  const date = openDay(last++);
  return { date, at: (period, section = 'moyens') => ({ facility: lucioles, date, period, section }) };
}
const close = (more: { from: string } & Record<string, unknown>) => ({
  facility: lucioles,
  key: key(),
  reason: 'outbreak' as const,
  ...more,
});
const reopen = (more: { from: string } & Record<string, unknown>) => ({ facility: lucioles, key: key(), ...more });
const shape = ({ period, section, closed, open }: Cell) => ({ period, section, closed, open });
const present = async ({ id }: { id: string }) => (await desk.esco.call('booking.get', { booking: id })).booking;

it('closes a half-day in one step: its bookings end, the office is told, nothing is free there', async () => {
  const { date, at } = freshDay();
  for (const period of periods) await open(desk.boss, at(period), 2);
  const both = wish(at('matin'), { places: periods.map((period) => ({ date, period })) });
  const { booking } = await desk.esco.call('booking.create', both);
  const { booking: held } = await desk.auxonne.call('booking.hold', wish(at('matin')));
  const { booking: spared } = await desk.esco.call('booking.create', wish(at('apres-midi')));
  await desk.esco.call('booking.subscribe', {});

  const before = (await read(desk.boss, at('matin')))!;
  const closed = await desk.boss.call('availability.close', close({ from: date, periods: ['matin'] }));
  expect(new Set(closed.bookings.map(({ id }) => id))).toEqual(new Set([booking.id, held.id]));
  expect(closed.needs).toEqual([]);
  expect(closed.cells.map(shape)).toEqual(
    sections.map((section) => ({ period: 'matin', section, closed: true, open: section === 'moyens' ? 2 : 0 })),
  );
  // One entry of the log: each cell's version has grown by one.
  expect(closed.cells.find(({ section }) => section === 'moyens')).toMatchObject({
    version: before.version + 1,
    vip: 0,
    held: 0,
    confirmedAt: before.confirmedAt,
  });

  await desk.esco.notified(
    'booking.changed',
    ({ booking: { id, places } }) => id === booking.id && places[0]!.outcome === 'cancelled',
  );
  expect(await present(booking)).toMatchObject({
    state: 'confirmed',
    places: [{ outcome: 'cancelled' }, { outcome: null }],
  });
  expect(await present(spared)).toMatchObject({ version: spared.version });
  expect((await desk.esco.refused('booking.hold', wish(at('matin')))).problem).toBe('closed');
  const counts = { facility: lucioles, cells: [{ date, period: 'matin', section: 'moyens', open: 4 }] };
  expect((await desk.boss.refused('availability.set', { ...counts, key: key() })).problem).toBe('closed');

  const rest = await desk.boss.call('availability.close', close({ from: date, reason: 'staff' }));
  expect(new Set(rest.bookings.map(({ id }) => id))).toEqual(new Set([booking.id, spared.id]));
  expect((await present(booking)).state).toBe('cancelled_by_facility');
  expect((await present(spared)).state).toBe('cancelled_by_facility');
});

it('tells first what it would do, and does nothing', async () => {
  const { date, at } = freshDay();
  await open(desk.boss, at('matin'), 3);
  const children = [
    { ageMonths: ageFor.moyens!, walker: true },
    { ageMonths: ageFor.moyens!, walker: true },
  ];
  const { booking } = await desk.esco.call('booking.create', {
    ...wish(at('matin')),
    children,
    places: [0, 1].map((child) => ({ date, period: 'matin', child })),
    caseRef: caseRef(),
  });
  const call = close({ from: date });
  const told = await desk.boss.call('availability.close', { ...call, dryRun: true });
  expect(told.dryRun).toBe(true);
  expect(told.bookings).toMatchObject([{ id: booking.id, state: 'confirmed', version: booking.version }]);
  expect(told.cells).toHaveLength(periods.length * sections.length);
  expect(told.cells.some(({ closed }) => closed)).toBe(false);
  expect((await present(booking)).version).toBe(booking.version);
  expect(await read(desk.boss, at('matin'))).toMatchObject({ closed: false, vip: 2 });
  expect(await read(desk.boss, at('matin', 'grands'))).toBeUndefined();

  // The key of what was only asked is free for what is done.
  const done = await desk.boss.call('availability.close', call);
  expect(done).not.toHaveProperty('replayed');
  expect(done.bookings).toMatchObject([{ id: booking.id, state: 'cancelled_by_facility' }]);
  expect(await desk.boss.call('availability.close', call)).toMatchObject({
    replayed: true,
    bookings: [{ id: booking.id }],
  });
});

it('reopens: each count is open again as it was, and as old as it was', async () => {
  const { date, at } = freshDay();
  const before = await open(desk.boss, at('matin'), 3, 1);
  await desk.boss.call('availability.close', close({ from: date }));
  const { cells } = await desk.boss.call('availability.reopen', reopen({ from: date, sections: ['moyens'] }));
  expect(cells.map(shape)).toEqual([
    { period: 'matin', section: 'moyens', closed: false, open: 3 },
    { period: 'apres-midi', section: 'moyens', closed: false, open: 0 },
  ]);
  const { confirmedAt, reserved, free } = before;
  expect(cells[0]).toMatchObject({ confirmedAt, reserved, free });
  expect(cells[1]).toMatchObject({ confirmedAt: null });
  expect(await read(desk.boss, at('matin', 'grands'))).toMatchObject({ closed: true });
  const { booking } = await desk.esco.call('booking.create', wish(at('matin')));
  expect(booking.state).toBe('confirmed');
});

it('a day of the facility’s closures does not open by hand, and one closed by hand not by the closures', async () => {
  const administrator = await admin(desk.server);
  const facility = async () =>
    (await administrator.call('facility.list', { territory })).facilities.find(({ id }) => id === lucioles)!;
  const upsert = async (closures: { from: string; to: string; reason: string }[]) => {
    const wanted = { ...(await facility()), closures };
    await administrator.call('facility.upsert', { territory, key: key(), facility: wanted as never });
  };
  const { date, at } = freshDay();
  const { date: other, at: atOther } = freshDay();
  for (const slot of [at('matin'), atOther('matin')]) await open(desk.boss, slot, 2);
  await desk.boss.call('availability.close', close({ from: date }));
  const bridge = { from: date, to: other, reason: 'Pont' };
  await upsert([bridge]);
  expect(await read(desk.boss, atOther('matin'))).toMatchObject({ closed: true });

  for (const day of [date, other]) {
    const { cells } = await desk.boss.call('availability.reopen', reopen({ from: day }));
    expect(cells.every(({ closed }) => closed)).toBe(true);
  }
  await desk.boss.call('availability.close', close({ from: other }));
  await upsert([]);
  await until(
    'the closure has ended where nothing else closes',
    async () => !(await read(desk.boss, at('matin')))?.closed,
  );
  expect(await read(desk.boss, atOther('matin'))).toMatchObject({ closed: true, open: 2 });
  await desk.boss.call('availability.reopen', reopen({ from: other }));
  expect(await read(desk.boss, atOther('matin'))).toMatchObject({ closed: false, open: 2 });
  administrator.cut();
});

it('a span closes the days on which the facility is open', async () => {
  const from = openDay(30);
  const to = plusDays(from, 8);
  const { cells } = await desk.boss.call('availability.close', close({ from, to, reason: 'closure' }));
  const days = [...new Set(cells.map(({ date }) => date))];
  expect(days).toEqual([...days].sort());
  expect(days.length).toBeGreaterThanOrEqual(6);
  expect(cells).toHaveLength(days.length * periods.length * sections.length);
  await desk.boss.call('availability.reopen', reopen({ from, to }));
});

it('leaves a half-day that is over as it was', async () => {
  const zone = zoneAt(15);
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-'));
  const server = await Server.start({ dataDir, args: ['--demo-document', writeMovedDemo(dataDir, zone, true)] });
  onTestFinished(() => server.remove());
  const boss = await manager(server);
  const from = dayIn(zone);
  const { cells } = await boss.call('availability.close', close({ from }));
  expect(cells.map(({ period }) => period)).toEqual(sections.map(() => 'apres-midi'));
  const refused = await boss.refused('availability.close', close({ from, periods: ['matin'] }));
  expect([refused.problem, refused.data.field]).toEqual(['past', 'from']);
  await boss.close();
});

it('refuses what cannot be closed, and says which parameter', async () => {
  const { date } = freshDay();
  for (const [problem, field, params] of [
    ['past', 'from', { from: plusDays(today(), -1) }],
    ['outside_hours', 'from', { from: nextSaturday() }],
    ['invalid_params', 'to', { from: date, to: plusDays(date, 31) }],
    ['invalid_params', 'to', { from: plusDays(today(), 401) }],
    ['invalid_params', 'periods[1]', { from: date, periods: ['matin', 'nuit'] }],
    ['invalid_params', 'sections[0]', { from: date, sections: ['ados'] }],
  ] as const) {
    const refused = await desk.boss.refused('availability.close', close(params as never));
    expect([refused.problem, refused.data.field]).toEqual([problem, field]);
  }
  const reason = await desk.boss.refused('availability.close', close({ from: date, reason: 'ill' }) as never);
  expect(reason.data.field).toBe('reason');
});
