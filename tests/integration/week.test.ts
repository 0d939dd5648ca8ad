// A typical week put on the weeks to come, by hand and by itself; and who changed a count.
import { expect, it } from 'vitest';
import type { Cell } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { open, read, type Slot } from './support/cells.js';
import { openDay, plusDays, today, weekdayOf } from './support/days.js';
import { lucioles, moulin, ribambelle } from './support/demo.js';
import { openDesk } from './support/desk.js';
import { key } from './support/rpc.js';
import { until } from './support/until.js';

const desk = openDesk();

const days = ['mon', 'tue', 'wed', 'thu', 'fri'] as const;
const everyDay = (count: number, more = {}) =>
  days.map((day) => ({ day, period: 'matin', section: 'moyens', open: count, ...more }));
const at = (date: string, facility = ribambelle): Slot => ({ facility, date, period: 'matin', section: 'moyens' });
const apply = (from: string, more: object) => ({ facility: ribambelle, key: key(), from, weeks: 1, ...more });
const seen = ({ date, open, reserved }: Cell) => [date, open, reserved];
/** A Monday so far ahead that no count is stated there nor in the week after, another one for each test. */
let last = 8;
function freshMonday(): string {
  last += 2;
  let date = plusDays(today(), 7 * last);
  while (weekdayOf(date) !== 'mon') date = plusDays(date, 1);
  return date;
}

it('states the counts of the days on which the facility is open, confirmed now', async () => {
  const monday = freshMonday();
  const call = apply(monday, { weeks: 2, week: everyDay(3, { reserved: 1 }) });
  const { cells, skipped } = await desk.boss.call('availability.applyWeek', call);
  expect(skipped).toEqual([]);
  expect(cells.map(seen)).toEqual([0, 1, 2, 3, 4, 7, 8, 9, 10, 11].map((day) => [plusDays(monday, day), 3, 1]));
  expect(cells.every(({ confirmedAt, version }) => confirmedAt !== null && version === 1)).toBe(true);
  expect(await desk.boss.call('availability.applyWeek', call)).toMatchObject({ replayed: true });
});

it('never lowers what is taken, leaves closed days, and names both', async () => {
  const monday = freshMonday();
  const [taken, closed, low] = [monday, plusDays(monday, 1), plusDays(monday, 2)];
  for (const date of [taken, low]) {
    await open(desk.boss, at(date), 2);
    await desk.esco.call('booking.create', wish(at(date)));
    await desk.esco.call('booking.create', wish(at(date)));
  }
  // Below what is taken already, because the manager said so: it is not raised either.
  const cell = { date: low, period: 'matin', section: 'moyens', open: 1 };
  await desk.boss.call('availability.set', { facility: ribambelle, key: key(), cells: [cell], force: true });
  await desk.boss.call('availability.close', { facility: ribambelle, key: key(), from: closed, reason: 'staff' });

  const { cells, skipped } = await desk.boss.call('availability.applyWeek', apply(monday, { week: everyDay(0) }));
  expect(cells.map(seen)).toEqual([
    [taken, 2, 0],
    [low, 1, 0],
    [plusDays(monday, 3), 0, 0],
    [plusDays(monday, 4), 0, 0],
  ]);
  expect(skipped).toEqual([
    { ...at(taken), why: 'below_committed' },
    { ...at(closed), why: 'closed' },
    { ...at(low), why: 'below_committed' },
  ]);
});

it('tells first what it would do, and does nothing', async () => {
  const monday = freshMonday();
  const before = await open(desk.boss, at(monday), 1);
  const call = apply(monday, { week: everyDay(4) });
  const told = await desk.boss.call('availability.applyWeek', { ...call, dryRun: true });
  expect(told).toMatchObject({ dryRun: true, skipped: [] });
  expect(told.cells.map(seen)).toEqual([0, 1, 2, 3, 4].map((day) => [plusDays(monday, day), 4, 0]));
  expect(await read(desk.boss, at(monday))).toEqual(before);
  expect(await read(desk.boss, at(plusDays(monday, 1)))).toBeUndefined();
  const done = await desk.boss.call('availability.applyWeek', { ...call, onlyAbsent: true });
  expect(done.cells.map(seen)).toEqual([1, 2, 3, 4].map((day) => [plusDays(monday, day), 4, 0]));
  expect(await read(desk.boss, at(monday))).toEqual(before);
});

it('raises no count where more would be open than the law lets be there, and says where', async () => {
  const monday = freshMonday();
  const { facilities } = await desk.boss.call('facility.list', {});
  const { capacity } = facilities.find(({ id }) => id === ribambelle)!;
  await open(desk.boss, at(monday), capacity);
  const week = [
    { day: 'mon' as const, period: 'matin', section: 'moyens', open: 1 },
    { day: 'mon' as const, period: 'matin', section: 'grands', open: capacity },
    { day: 'tue' as const, period: 'matin', section: 'moyens', open: capacity },
    { day: 'tue' as const, period: 'matin', section: 'grands', open: capacity },
  ];
  const { cells, skipped } = await desk.boss.call('availability.applyWeek', apply(monday, { week }));
  const grands = (date: string) => ({ ...at(date), section: 'grands' });
  // On Monday the places have moved from one section to another; on Tuesday neither of two is raised.
  expect(cells.map(seen)).toEqual([
    [monday, 1, 0],
    [monday, capacity, 0],
  ]);
  const tuesday = plusDays(monday, 1);
  expect(skipped).toEqual([at(tuesday), grands(tuesday)].map((cell) => ({ ...cell, why: 'over_capacity' })));
});

it('the facility’s own week is taken where none is given', async () => {
  const monday = freshMonday();
  const none = await desk.boss.refused('availability.applyWeek', apply(monday, {}));
  expect([none.problem, none.data.field]).toEqual(['invalid_params', 'week']);
  await desk.boss.call('facility.configure', { facility: ribambelle, key: key(), changes: { week: everyDay(2) } });
  await until('every thread knows it', async () => {
    const { cells } = await desk.boss.call('availability.applyWeek', apply(monday, {}));
    return cells.length === 5;
  });
  const past = await desk.boss.refused('availability.applyWeek', apply(plusDays(today(), -1), {}));
  expect([past.problem, past.data.field]).toEqual(['past', 'from']);
});

it('publishes itself: only what is absent, and nobody has confirmed it', async () => {
  const mine = { facility: moulin, period: 'matin', section: 'grands' };
  const [stated, absent, beyond] = [openDay(14), openDay(15), plusDays(today(), 7 * 12 + 7)];
  const kept = await open(desk.boss, { ...mine, date: stated }, 1);
  expect(await read(desk.boss, { ...mine, date: absent })).toBeUndefined();
  const week = days.map((day) => ({ day, period: 'matin', section: 'grands', open: 5, reserved: 2 }));
  await desk.boss.call('facility.configure', { facility: moulin, key: key(), changes: { week, publishWeeks: 12 } });
  await until('it is published', async () => (await read(desk.boss, { ...mine, date: absent })) !== undefined, 30_000);
  expect(await read(desk.boss, { ...mine, date: absent })).toMatchObject({
    open: 5,
    reserved: 2,
    confirmedAt: null,
    staleAt: null,
    version: 1,
  });
  expect(await read(desk.boss, { ...mine, date: stated })).toEqual(kept);
  expect(await read(desk.boss, { ...mine, date: beyond })).toBeUndefined();
  const { entries } = await desk.boss.call('availability.history', { facility: moulin, date: absent });
  expect(entries).toMatchObject([{ by: null, what: 'published', from: null, to: 5, why: null }]);
});

it('tells who changed a count, from what to what, the newest first', async () => {
  const slot = { facility: lucioles, date: plusDays(freshMonday(), 1), period: 'matin', section: 'grands' };
  const { facility, date, period, section } = slot;
  await open(desk.boss, slot, 2);
  await open(desk.boss, { ...slot, period: 'apres-midi' }, 1);
  const cell = { date, period, section };
  await desk.boss.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by: 1 }] });
  await desk.boss.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by: -2, why: 'taken' }] });
  await desk.boss.call('availability.confirm', { facility, key: key(), from: date, to: date });
  await desk.boss.call('availability.close', {
    facility,
    key: key(),
    from: date,
    periods: ['matin'],
    sections: [section],
    reason: 'outbreak',
  });
  await desk.boss.call('availability.reopen', { facility, key: key(), from: date });

  const { entries } = await desk.boss.call('availability.history', { facility, date, period });
  const { user } = await desk.boss.call('session.hello', { client: 'test', version: '1' });
  expect(entries.every((entry) => entry.by === user!.name && entry.section === section)).toBe(true);
  expect(entries.map(({ what, from, to, why }) => [what, from, to, why])).toEqual([
    ['reopened', 1, 1, null],
    ['closed', 1, 1, 'outbreak'],
    ['adjusted', 3, 1, 'taken'],
    ['adjusted', 2, 3, null],
    ['set', null, 2, null],
  ]);
  const instants = entries.map((entry) => entry.at);
  expect(instants).toEqual([...instants].sort().reverse());
  const all = await desk.boss.call('availability.history', { facility, date });
  expect(all.entries).toHaveLength(6);
  const none = await desk.boss.call('availability.history', { facility, date, section: 'bebes' });
  expect(none.entries).toEqual([]);
});
