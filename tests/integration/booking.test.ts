import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Booking } from '../../client-js/sdk/src/generated/messages.js';
import { caseRef, wish } from './support/bookings.js';
import { ageFor, freshSlot, open, read, type Slot } from './support/cells.js';
import { nextSaturday, openDay, plusDays, today } from './support/days.js';
import {
  childminder,
  familyCreche,
  lucioles,
  moulin,
  office,
  otherOffice,
  ribambelle,
  territory,
} from './support/demo.js';
import { admin, coordinator, manager, newAccount, worker } from './support/people.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

const holdTtlMs = 5 * 60_000;

let server: Server;
let boss: Rpc; // of the three multi-accueils
let esco: Rpc; // of Genlis
let auxonne: Rpc; // another office
let board: Rpc; // reads only

beforeAll(async () => {
  server = await Server.start();
  [boss, esco, board] = await Promise.all([manager(server), worker(server), coordinator(server)]);
  const administrator = await admin(server);
  const token = await newAccount(administrator, { account: 'auxonne@test', roles: ['worker'], offices: [otherOffice] });
  auxonne = await Rpc.connect(server, { token });
});
afterAll(() => server.remove());

let slot: Slot;
beforeEach(async () => {
  slot = freshSlot();
  await open(boss, slot, 2);
});

const held = async (more = {}): Promise<Booking> => (await esco.call('booking.hold', wish(slot, more))).booking;
const created = async (more = {}): Promise<Booking> => (await esco.call('booking.create', wish(slot, more))).booking;
const counts = async (of = slot) => {
  const cell = await read(board, of);
  return cell && { vip: cell.vip, other: cell.other, held: cell.held, free: cell.free };
};
const act = <More extends object>(booking: Booking, more: More = {} as More) => ({
  booking: booking.id,
  key: key(),
  ...more,
});

describe('the life of a booking', () => {
  it('is held, confirmed, seen and attended', async () => {
    const { booking } = await esco.call('booking.hold', {
      facility: slot.facility,
      key: key(),
      places: [{ date: slot.date, period: slot.period, arrive: '08:15', leave: '11:45', meal: false }].map((place) =>
        slot.period === 'matin' ? place : { ...place, arrive: '13:45', leave: '17:00' },
      ),
      children: [{ ageMonths: ageFor[slot.section]!, walker: true }],
      care: 'vip',
    });
    expect(booking).toMatchObject({ facility: slot.facility, office, state: 'held', approval: 'none', known: false });
    expect(booking.id.startsWith(`${territory}.`)).toBe(true);
    expect(booking.places[0]).toMatchObject({ id: 0, section: slot.section, child: 0, meal: false, outcome: null });
    expect(booking.expiresInMs).toBeGreaterThan(holdTtlMs - 10_000);
    expect(booking.expiresInMs).toBeLessThanOrEqual(holdTtlMs);
    expect(await counts()).toEqual({ vip: 1, other: 0, held: 1, free: { vip: 1, other: 1 } });

    const confirmed = await esco.call('booking.confirm', act(booking, { purpose: 'trial', caseRef: caseRef() }));
    expect(confirmed.booking).toMatchObject({ id: booking.id, state: 'confirmed', purpose: 'trial', seenAt: null });
    expect(confirmed.booking.version).toBeGreaterThan(booking.version);
    expect(await counts()).toEqual({ vip: 1, other: 0, held: 0, free: { vip: 1, other: 1 } });

    const seen = await boss.call('booking.acknowledge', act(booking));
    expect(seen.booking.seenAt).not.toBeNull();

    const attended = await boss.call('booking.attendance', act(booking, { place: 0, outcome: 'attended' }));
    expect(attended.booking.state).toBe('attended');
    const back = await boss.call('booking.attendance', act(booking, { place: 0, outcome: null }));
    expect(back.booking.state).toBe('confirmed');
    const missed = await boss.call('booking.attendance', act(booking, { place: 0, outcome: 'no_show' }));
    expect(missed.booking.state).toBe('no_show');
    expect(await counts()).toEqual({ vip: 1, other: 0, held: 0, free: { vip: 1, other: 1 } });
  });

  it('is released', async () => {
    const booking = await held();
    expect((await esco.call('booking.release', act(booking))).booking.state).toBe('released');
    expect(await counts()).toMatchObject({ vip: 0, held: 0, free: { vip: 2, other: 2 } });
  });

  it.each([
    ['the office', 'appointment_moved', undefined, 'cancelled_by_office'],
    ['the family, to the office', 'ill', 'family', 'cancelled_by_family'],
  ] as const)('is cancelled by %s', async (_, reason, by, state) => {
    const booking = await created();
    expect((await esco.call('booking.cancel', act(booking, { reason, ...(by && { by }) }))).booking.state).toBe(state);
    expect(await counts()).toMatchObject({ vip: 0, free: { vip: 2, other: 2 } });
  });

  it.each([
    ['the facility', 'staff', undefined, 'cancelled_by_facility'],
    ['the family, to the facility', 'ill', 'family', 'cancelled_by_family'],
  ] as const)('is cancelled by %s', async (_, reason, by, state) => {
    const booking = await created();
    expect((await boss.call('booking.cancel', act(booking, { reason, ...(by && { by }) }))).booking.state).toBe(state);
  });

  it('takes a reason that fits who cancels', async () => {
    const booking = await created();
    const asOffice = await esco.refused('booking.cancel', act(booking, { reason: 'staff' }));
    const asFacility = await boss.refused('booking.cancel', act(booking, { reason: 'other_solution' }));
    for (const refusal of [asOffice, asFacility]) {
      expect(refusal.problem).toBe('invalid_params');
      expect(refusal.data.field).toBe('reason');
    }
  });

  it('is extended by five minutes, up to thirty in all', async () => {
    const booking = await held();
    const created = Date.parse(booking.createdAt);
    const ends: number[] = [];
    for (let n = 1; n <= 5; n++) {
      const extended = await esco.call('booking.extend', act(booking));
      ends.push(Math.round((Date.parse(extended.booking.expiresAt!) - created) / 60_000));
    }
    expect(ends).toEqual([10, 15, 20, 25, 30]);
    const refusal = await esco.refused('booking.extend', act(booking));
    expect(refusal.problem).toBe('too_late');
  });

  it('ends its places one by one', async () => {
    slot = freshSlot(moulin);
    const second = freshSlot(moulin);
    await open(boss, slot, 2);
    await open(boss, second, 1);
    const places = [slot, second].map(({ date, period, section }) => ({ date, period, section }));
    const booking = await created({ places, children: [{ ageMonths: ageFor[slot.section]! }] });
    const one = await esco.call('booking.cancel', act(booking, { reason: 'ill', places: [1] }));
    expect(one.booking.state).toBe('confirmed');
    expect(one.booking.places.map(({ outcome }) => outcome)).toEqual([null, 'cancelled']);
    expect((await counts(second))?.vip).toBe(0);
    expect((await counts())?.vip).toBe(1);
    const last = await boss.call('booking.attendance', act(booking, { place: 0, outcome: 'attended' }));
    expect(last.booking.state).toBe('attended');
  });

  it('keeps what the office says of the child', async () => {
    const booking = await created({ known: true, commune: '21292' });
    expect(booking).toMatchObject({ known: true, commune: '21292', care: 'vip', purpose: 'job_interview' });
  });
});

describe('siblings', () => {
  it('are one booking, all or none', async () => {
    const young = freshSlot(moulin);
    const old = { ...young, section: 'grands' };
    await open(boss, young, 1);
    await open(boss, old, 1);
    const children = [{ ageMonths: ageFor.moyens! }, { ageMonths: ageFor.grands!, walker: true }];
    const places = [0, 1].map((child) => ({ date: young.date, period: young.period, child }));
    const { booking } = await esco.call('booking.create', wish(young, { children, places }));
    expect(booking.places.map(({ section, child }) => [section, child])).toEqual([
      ['moyens', 0],
      ['grands', 1],
    ]);

    const empty = freshSlot(moulin);
    await open(boss, empty, 1);
    const oneIsFull = [{ date: empty.date, period: empty.period, child: 0 }, places[1]!];
    const refusal = await esco.refused('booking.create', wish(empty, { children, places: oneIsFull }));
    expect(refusal.problem).toBe('no_place');
    expect(refusal.data.cells).toEqual([old]);
    expect(await counts(empty)).toMatchObject({ vip: 0, free: { vip: 1 } });
  });

  it('have their demand summed per cell', async () => {
    const twins = (n: number) => ({
      children: Array.from({ length: n }, () => ({ ageMonths: ageFor[slot.section]! })),
      places: Array.from({ length: n }, (_, child) => ({ date: slot.date, period: slot.period, child })),
    });
    expect((await esco.refused('booking.create', wish(slot, twins(3)))).problem).toBe('no_place');
    await created(twins(2));
    expect(await counts()).toMatchObject({ vip: 2, free: { vip: 0, other: 0 } });
  });
});

describe('problems', () => {
  const refusal = (more = {}, method = 'booking.create') => esco.refused(method, wish(slot, more));
  const expectFrench = (title: string) => expect(title).toMatch(/^[A-ZÀÉÊ].*(e|é|s|n|r|t)/);

  it('no_place', async () => {
    await created();
    await created();
    const { problem, data, code } = await refusal();
    expect([problem, data.cells, data.status, data.temporary, code]).toEqual(['no_place', [slot], 409, false, -32000]);
    expectFrench(data.title);
  });

  it('no_place in a cell that was never stated', async () => {
    slot = freshSlot();
    expect((await refusal()).problem).toBe('no_place');
  });

  it('kept_for_vip', async () => {
    await open(boss, slot, 2, 1);
    await created({ care: 'other' });
    const { problem, data } = await refusal({ care: 'other' });
    expect([problem, data.cells]).toEqual(['kept_for_vip', [slot]]);
    expectFrench(data.title);
    await created({ care: 'vip' });
  });

  it('reserved_by_hold', async () => {
    await held();
    await created();
    const { problem, data } = await refusal();
    expect([problem, data.cells]).toEqual(['reserved_by_hold', [slot]]);
    expectFrench(data.title);
  });

  it('past', async () => {
    slot = { facility: lucioles, date: openDay(-1), period: 'matin', section: 'moyens' };
    expectFrench((await refusal()).data.title);
    expect((await refusal()).problem).toBe('past');
  });

  it('outside_hours', async () => {
    const early = slot.period === 'matin' ? { arrive: '06:00' } : { arrive: '12:45' };
    const late = slot.period === 'matin' ? { leave: '13:00' } : { leave: '19:00' };
    const backwards =
      slot.period === 'matin' ? { arrive: '11:00', leave: '10:00' } : { arrive: '16:00', leave: '15:00' };
    for (const hours of [early, late, backwards]) {
      const { problem, data } = await refusal({ places: [{ date: slot.date, period: slot.period, ...hours }] });
      expect(problem).toBe('outside_hours');
      expectFrench(data.title);
    }
    slot = { ...slot, date: nextSaturday() };
    expect(['outside_hours', 'closed']).toContain((await refusal()).problem);
  });

  it('age_out_of_range', async () => {
    const { problem, data } = await refusal({ children: [{ ageMonths: 60 }] });
    expect(problem).toBe('age_out_of_range');
    expectFrench(data.title);
    const places = [{ date: slot.date, period: slot.period, section: 'bebes' }];
    expect((await refusal({ places, children: [{ ageMonths: 30 }] })).problem).toBe('age_out_of_range');
  });

  it('duplicate_booking, unless forced', async () => {
    const { caseRef } = await created();
    const again = await refusal({ caseRef: caseRef! });
    expect(again.problem).toBe('duplicate_booking');
    expectFrench(again.data.title);
    await created({ caseRef: caseRef!, force: true });
  });

  it('wrong_state', async () => {
    const booking = await created();
    await esco.call('booking.cancel', act(booking, { reason: 'mistake' }));
    for (const method of ['confirm', 'extend', 'release']) {
      const { problem, data } = await esco.refused(`booking.${method}`, act(booking));
      expect(problem, method).toBe('wrong_state');
      expectFrench(data.title);
    }
    for (const [method, more] of [
      ['attendance', { place: 0, outcome: 'attended' }],
      ['cancel', { reason: 'staff' }],
    ] as const) {
      expect((await boss.refused(`booking.${method}`, act(booking, more))).problem, method).toBe('wrong_state');
    }
  });

  it('below_committed, unless forced', async () => {
    await created();
    await created();
    const { facility, date, period, section } = slot;
    const set = { facility, cells: [{ date, period, section, open: 1 }] };
    const adjust = { facility, cells: [{ date, period, section, by: -1 }] };
    for (const [method, params] of [
      ['availability.set', set],
      ['availability.adjust', adjust],
    ] as const) {
      const { problem, data } = await boss.refused(method, { ...params, key: key() });
      expect([problem, data.cells]).toEqual(['below_committed', [slot]]);
      expectFrench(data.title);
    }
    const { cells } = await boss.call('availability.set', { ...set, key: key(), force: true });
    expect(cells[0]).toMatchObject({ open: 1, vip: 2, overcommitted: true, free: { vip: 0, other: 0 } });
    expect((await refusal()).problem).toBe('no_place');
  });

  it('purpose and case are due at the confirmation', async () => {
    const { booking } = await esco.call('booking.hold', {
      facility: slot.facility,
      key: key(),
      places: [{ date: slot.date, period: slot.period }],
      children: [{ ageMonths: ageFor[slot.section]! }],
      care: 'vip',
    });
    for (const [given, field] of [
      [{ caseRef: caseRef() }, 'purpose'],
      [{ purpose: 'training' }, 'caseRef'],
    ] as const) {
      const { problem, data } = await esco.refused('booking.confirm', act(booking, given));
      expect([problem, data.field]).toEqual(['invalid_params', field]);
    }
  });

  it('childminders and family crèches are not booked here', async () => {
    for (const facility of [childminder, familyCreche]) {
      const { problem, data } = await esco.refused('booking.hold', wish({ ...slot, facility }));
      expect([problem, data.field]).toEqual(['invalid_params', 'facility']);
    }
  });

  it('a contact needs the parent’s agreement', async () => {
    const { problem, data } = await refusal({ contact: { informed: false, firstNames: 'Lina' } });
    expect([problem, data.field]).toEqual(['invalid_params', 'contact.informed']);
  });

  it('not_found, for what is unknown and for what is of others', async () => {
    const booking = await created();
    for (const id of [booking.id, `${territory}.01ARZ3NDEKTSV4RRFFQ69G5FAV`, 'nonsense']) {
      expect((await auxonne.refused('booking.get', { booking: id })).problem).toBe('not_found');
      for (const [method, more] of [
        ['confirm', {}],
        ['extend', {}],
        ['release', {}],
        ['cancel', { reason: 'ill' }],
      ] as const) {
        const refused = await auxonne.refused(`booking.${method}`, { booking: id, key: key(), ...more });
        expect(refused.problem, method).toBe('not_found');
      }
    }
  });
});

describe('a closed day', () => {
  it('is closed to bookings, and its cells say so; reopened, it is as before', async () => {
    const administrator = await admin(server);
    const { facilities } = await administrator.call('facility.list', { territory });
    const { ...facility } = facilities.find(({ id }) => id === ribambelle)!;
    const there = freshSlot(ribambelle);
    await open(boss, there, 2);
    const upsert = (closures: { from: string; to: string }[]) =>
      administrator.call('facility.upsert', { territory, key: key(), facility: { ...facility, closures } });

    await upsert([{ from: there.date, to: there.date }]);
    const cell = await until('the cell is closed', async () => {
      const now = await read(board, there);
      return now?.closed && now;
    });
    expect(cell).toMatchObject({ open: 2, free: { vip: 2, other: 2 } });
    const refusal = await esco.refused('booking.create', wish(there));
    expect(refusal.problem).toBe('closed');

    await upsert([]);
    await until('the cell is open', async () => !(await read(board, there))?.closed);
    await esco.call('booking.create', wish(there));
  });
});

describe('keys', () => {
  it('have one effect: a repeat answers the same, as it is now', async () => {
    const params = wish(slot);
    const first = await esco.call('booking.hold', params);
    expect(first.replayed).toBeUndefined();
    await esco.call('booking.confirm', act(first.booking));
    const again = await esco.call('booking.hold', params);
    expect(again).toMatchObject({ replayed: true, booking: { id: first.booking.id, state: 'confirmed' } });
    expect((await counts())?.vip).toBe(1);
  });

  it('have one effect even when sent at once, and from another connection', async () => {
    const params = wish(slot);
    const colleague = await worker(server);
    const replies = await Promise.all(
      [esco, colleague, esco, colleague].map((rpc) => rpc.call('booking.create', params)),
    );
    expect(new Set(replies.map(({ booking }) => booking.id)).size).toBe(1);
    expect(replies.filter(({ replayed }) => replayed)).toHaveLength(3);
    expect((await counts())?.vip).toBe(1);
    await colleague.close();
  });

  it('answer a success even after the slot would be refused', async () => {
    const params = wish(slot);
    const { booking } = await esco.call('booking.create', params);
    await open(boss, slot, 1);
    expect((await esco.refused('booking.create', wish(slot))).problem).toBe('no_place');
    expect(await esco.call('booking.create', params)).toMatchObject({ replayed: true, booking: { id: booking.id } });
  });

  it('do not serve for something else', async () => {
    const params = wish(slot);
    await esco.call('booking.create', params);
    const other = await esco.refused('booking.create', { ...params, care: 'other' });
    expect(other.problem).toBe('idempotency_mismatch');
  });

  it('are not used up by a refusal', async () => {
    await open(boss, slot, 0);
    const params = wish(slot);
    expect((await esco.refused('booking.create', params)).problem).toBe('no_place');
    await open(boss, slot, 1);
    expect((await esco.call('booking.create', params)).replayed).toBeUndefined();
  });

  it('are the account’s own', async () => {
    const params = wish(slot);
    const mine = await esco.call('booking.create', params);
    const theirs = await auxonne.call('booking.create', params);
    expect(theirs.booking.id).not.toBe(mine.booking.id);
  });

  it('count once for an adjustment', async () => {
    const { facility, date, period, section } = slot;
    const params = { facility, key: key(), cells: [{ date, period, section, by: 1 }] };
    await boss.call('availability.adjust', params);
    const again = await boss.call('availability.adjust', params);
    expect(again).toMatchObject({ replayed: true, cells: [{ open: 3 }] });
    expect((await read(board, slot))?.open).toBe(3);
  });
});

describe('audiences', () => {
  const officeOnly = ['care', 'purpose', 'caseRef', 'commune'];
  const contact = { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' };

  it('the office sees all, the facility what it needs, others nothing', async () => {
    const { id } = await created({ contact, commune: '21292' });
    const { booking: ours } = await esco.call('booking.get', { booking: id });
    const { booking: theirs } = await boss.call('booking.get', { booking: id });
    expect(ours).toMatchObject({ care: 'vip', purpose: 'job_interview', commune: '21292', contact });
    for (const field of officeOnly) expect(theirs).not.toHaveProperty(field);
    expect(theirs).toMatchObject({ contact, children: ours.children, places: ours.places, bookedBy: ours.bookedBy });
    expect(theirs.bookedBy.name).not.toBe('');
    const { bookings } = await boss.call('booking.list', { facility: slot.facility, from: slot.date, to: slot.date });
    for (const listed of bookings) for (const field of officeOnly) expect(listed).not.toHaveProperty(field);
    expect((await auxonne.refused('booking.get', { booking: id })).problem).toBe('not_found');
    expect((await auxonne.call('booking.list', {})).bookings.map((booking) => booking.id)).not.toContain(id);
  });

  it('are told of changes, each in its own view', async () => {
    const [here, there, elsewhere] = await Promise.all([
      manager(server),
      worker(server),
      Rpc.connect(server, { token: await tokenOfAuxonne() }),
    ]);
    for (const rpc of [here!, there!, elsewhere!]) await rpc.call('booking.subscribe', {});
    const booking = await held({ contact });
    await here!.notified('booking.changed', ({ booking: { id, state } }) => id === booking.id && state === 'held');
    await esco.call('booking.confirm', act(booking));
    const arrival = await here!.notified(
      'booking.changed',
      ({ booking: { id, state } }) => id === booking.id && state === 'confirmed',
    );
    for (const field of officeOnly) expect(arrival.booking).not.toHaveProperty(field);
    expect(arrival.booking.contact).toEqual(contact);

    await here!.call('booking.acknowledge', act(booking)); // « Bien vu »
    const seen = await there!.notified(
      'booking.changed',
      ({ booking: { id, seenAt } }) => id === booking.id && seenAt !== null,
    );
    expect(seen.booking).toMatchObject({ purpose: 'job_interview', caseRef: booking.caseRef });

    await elsewhere!.call('session.hello', { client: 'tests', version: '1' });
    expect(elsewhere!.notifications).toEqual([]);
    for (const rpc of [here!, there!, elsewhere!]) await rpc.close();
  });

  async function tokenOfAuxonne(): Promise<string> {
    return (await auxonne.call('token.create', { key: key(), name: 'second' })).token;
  }

  it('resume where they were', async () => {
    const first = await worker(server);
    const { epoch, offset } = await first.call('booking.subscribe', {});
    await first.close();
    const booking = await created();
    const second = await worker(server);
    const reply = await second.call('booking.subscribe', { since: { epoch, offset } });
    expect(reply.bookings.map(({ id }) => id)).toContain(booking.id);
    await second.close();
  });
});

describe('lists', () => {
  it('are filtered by days and states, and paged', async () => {
    await open(boss, slot, 130);
    const ids: string[] = [];
    for (let n = 0; n < 13; n++) {
      const outcomes = await esco.batch(
        Array.from({ length: 10 }, () => ({ method: 'booking.create', params: wish(slot) })),
      );
      for (const outcome of outcomes) {
        expect(outcome.status).toBe('fulfilled');
        if (outcome.status === 'fulfilled') ids.push((outcome.value as { booking: Booking }).booking.id);
      }
    }
    await esco.call('booking.cancel', { booking: ids[0]!, key: key(), reason: 'mistake' });
    const listed: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await esco.call('booking.list', {
        office,
        from: slot.date,
        to: slot.date,
        states: ['confirmed'],
        ...(cursor && { cursor }),
      });
      listed.push(
        ...page.bookings
          .filter(({ places }) => places[0]!.period === slot.period && places[0]!.section === slot.section)
          .map(({ id }) => id),
      );
      cursor = page.cursor;
    } while (cursor);
    expect(listed.sort()).toEqual(ids.slice(1).sort());
    const before = await esco.call('booking.list', { from: plusDays(today(), -10), to: plusDays(today(), -9) });
    expect(before.bookings).toEqual([]);
  });
});
