import { describe, expect, it } from 'vitest';
import { caseRef, wish } from './support/bookings.js';
import { ageFor, freshSlot, open, read } from './support/cells.js';
import { moulin, office, ribambelle, territory } from './support/demo.js';
import { act, openDesk } from './support/desk.js';
import { admin } from './support/people.js';
import { key } from './support/rpc.js';
import { until } from './support/until.js';

const desk = openDesk();
const holdTtlMs = 5 * 60_000;

describe('the life of a booking', () => {
  it('is held, confirmed, seen and attended', async () => {
    const { booking } = await desk.esco.call('booking.hold', {
      facility: desk.slot.facility,
      key: key(),
      places: [{ date: desk.slot.date, period: desk.slot.period, arrive: '08:15', leave: '11:45', meal: false }].map(
        (place) => (desk.slot.period === 'matin' ? place : { ...place, arrive: '13:45', leave: '17:00' }),
      ),
      children: [{ ageMonths: ageFor[desk.slot.section]!, walker: true }],
      care: 'vip',
    });
    expect(booking).toMatchObject({
      facility: desk.slot.facility,
      office,
      state: 'held',
      approval: 'none',
      known: false,
    });
    expect(booking.id.startsWith(`${territory}.`)).toBe(true);
    expect(booking.places[0]).toMatchObject({
      id: 0,
      section: desk.slot.section,
      child: 0,
      meal: false,
      outcome: null,
    });
    expect(booking.expiresInMs).toBeGreaterThan(holdTtlMs - 10_000);
    expect(booking.expiresInMs).toBeLessThanOrEqual(holdTtlMs);
    await desk.shows({ vip: 1, other: 0, held: 1, free: { vip: 1, other: 1 } });

    const confirmed = await desk.esco.call('booking.confirm', act(booking, { purpose: 'trial', caseRef: caseRef() }));
    expect(confirmed.booking).toMatchObject({ id: booking.id, state: 'confirmed', purpose: 'trial', seenAt: null });
    expect(confirmed.booking.version).toBeGreaterThan(booking.version);
    await desk.shows({ vip: 1, other: 0, held: 0, free: { vip: 1, other: 1 } });

    const seen = await desk.boss.call('booking.acknowledge', act(booking));
    expect(seen.booking.seenAt).not.toBeNull();
  });

  it('is released', async () => {
    const booking = await desk.held();
    expect((await desk.esco.call('booking.release', act(booking))).booking.state).toBe('released');
    await desk.shows({ vip: 0, held: 0, free: { vip: 2, other: 2 } });
  });

  it.each([
    ['the office', 'appointment_moved', undefined, 'cancelled_by_office'],
    ['the family, to the office', 'ill', 'family', 'cancelled_by_family'],
  ] as const)('is cancelled by %s', async (_, reason, by, state) => {
    const booking = await desk.created();
    expect((await desk.esco.call('booking.cancel', act(booking, { reason, ...(by && { by }) }))).booking.state).toBe(
      state,
    );
    await desk.shows({ vip: 0, free: { vip: 2, other: 2 } });
  });

  it.each([
    ['the facility', 'staff', undefined, 'cancelled_by_facility'],
    ['the family, to the facility', 'ill', 'family', 'cancelled_by_family'],
  ] as const)('is cancelled by %s', async (_, reason, by, state) => {
    const booking = await desk.created();
    expect((await desk.boss.call('booking.cancel', act(booking, { reason, ...(by && { by }) }))).booking.state).toBe(
      state,
    );
  });

  it('takes a reason that fits who cancels', async () => {
    const booking = await desk.created();
    const asOffice = await desk.esco.refused('booking.cancel', act(booking, { reason: 'staff' }));
    const asFacility = await desk.boss.refused('booking.cancel', act(booking, { reason: 'other_solution' }));
    for (const refusal of [asOffice, asFacility]) {
      expect(refusal.problem).toBe('invalid_params');
      expect(refusal.data.field).toBe('reason');
    }
  });

  it('is extended by five minutes, up to thirty in all', async () => {
    const booking = await desk.held();
    const created = Date.parse(booking.createdAt);
    const ends: number[] = [];
    for (let n = 1; n <= 5; n++) {
      const extended = await desk.esco.call('booking.extend', act(booking));
      ends.push(Math.round((Date.parse(extended.booking.expiresAt!) - created) / 60_000));
    }
    expect(ends).toEqual([10, 15, 20, 25, 30]);
    const refusal = await desk.esco.refused('booking.extend', act(booking));
    expect(refusal.problem).toBe('too_late');
  });

  it('ends its places one by one', async () => {
    desk.slot = freshSlot(moulin);
    const second = freshSlot(moulin);
    await open(desk.boss, desk.slot, 2);
    await open(desk.boss, second, 1);
    const places = [desk.slot, second].map(({ date, period, section }) => ({ date, period, section }));
    const booking = await desk.created({ places, children: [{ ageMonths: ageFor[desk.slot.section]! }] });
    const one = await desk.esco.call('booking.cancel', act(booking, { reason: 'ill', places: [1] }));
    expect(one.booking.state).toBe('confirmed');
    expect(one.booking.places.map(({ outcome }) => outcome)).toEqual([null, 'cancelled']);
    await desk.shows({ vip: 0 }, second);
    await desk.shows({ vip: 1 });
    const last = await desk.boss.call('booking.cancel', act(booking, { reason: 'staff' }));
    expect(last.booking.state).toBe('cancelled_by_facility');
    expect(last.booking.places.map(({ outcome }) => outcome)).toEqual(['cancelled', 'cancelled']);
    await desk.shows({ vip: 0 });
  });

  it('keeps what the office says of the child', async () => {
    const booking = await desk.created({ known: true, commune: '21292' });
    expect(booking).toMatchObject({ known: true, commune: '21292', care: 'vip', purpose: 'job_interview' });
  });
});

describe('siblings', () => {
  it('are one booking, all or none', async () => {
    const young = freshSlot(moulin);
    const old = { ...young, section: 'grands' };
    await open(desk.boss, young, 1);
    await open(desk.boss, old, 1);
    const children = [{ ageMonths: ageFor.moyens! }, { ageMonths: ageFor.grands!, walker: true }];
    const places = [0, 1].map((child) => ({ date: young.date, period: young.period, child }));
    const { booking } = await desk.esco.call('booking.create', wish(young, { children, places }));
    expect(booking.places.map(({ section, child }) => [section, child])).toEqual([
      ['moyens', 0],
      ['grands', 1],
    ]);

    const empty = freshSlot(moulin);
    await open(desk.boss, empty, 1);
    const oneIsFull = [{ date: empty.date, period: empty.period, child: 0 }, places[1]!];
    const refusal = await desk.esco.refused('booking.create', wish(empty, { children, places: oneIsFull }));
    expect(refusal.problem).toBe('no_place');
    expect(refusal.data.cells).toEqual([old]);
    await desk.shows({ vip: 0, free: { vip: 1, other: 1 } }, empty);
  });

  it('have their demand summed per cell', async () => {
    const twins = (n: number) => ({
      children: Array.from({ length: n }, () => ({ ageMonths: ageFor[desk.slot.section]! })),
      places: Array.from({ length: n }, (_, child) => ({ date: desk.slot.date, period: desk.slot.period, child })),
    });
    expect((await desk.esco.refused('booking.create', wish(desk.slot, twins(3)))).problem).toBe('no_place');
    await desk.created(twins(2));
    await desk.shows({ vip: 2, free: { vip: 0, other: 0 } });
  });
});

describe('a closed day', () => {
  it('is closed to bookings, and its cells say so; reopened, it is as before', async () => {
    const administrator = await admin(desk.server);
    const { facilities } = await administrator.call('facility.list', { territory });
    const { ...facility } = facilities.find(({ id }) => id === ribambelle)!;
    const there = freshSlot(ribambelle);
    await open(desk.boss, there, 2);
    const upsert = (closures: { from: string; to: string }[]) =>
      administrator.call('facility.upsert', { territory, key: key(), facility: { ...facility, closures } });

    await upsert([{ from: there.date, to: there.date }]);
    const cell = await until('the cell is closed', async () => {
      const now = await read(desk.reader, there);
      return now?.closed && now;
    });
    expect(cell).toMatchObject({ open: 2, free: { vip: 2, other: 2 } });
    const refusal = await desk.esco.refused('booking.create', wish(there));
    expect(refusal.problem).toBe('closed');

    await upsert([]);
    await until('the cell is open', async () => !(await read(desk.reader, there))?.closed);
    await desk.esco.call('booking.create', wish(there));
  });
});
