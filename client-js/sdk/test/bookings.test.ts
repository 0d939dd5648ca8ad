import { describe, expect, test } from 'vitest';
import type { Booking, BookingChange, BookingSubscribeResult } from '../src/index.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();

function booking(id: string, version: number, more: Partial<Booking> = {}): Booking {
  return {
    id: `plaine.${id}`,
    facility: 'lucioles',
    office: 'esco-genlis',
    state: 'confirmed',
    approval: 'none',
    places: [
      {
        id: 0,
        date: '2026-11-25',
        period: 'matin',
        section: 'moyens',
        child: 0,
        arrive: '08:15',
        leave: '11:45',
        meal: false,
        outcome: null,
      },
    ],
    children: [{ birthMonth: '2025-03', walker: true }],
    known: false,
    bookedBy: { name: 'Sacha Exemple' },
    seenAt: null,
    createdAt: '2026-11-24T10:00:00Z',
    version,
    ...more,
  };
}

type Place = BookingSubscribeResult['territories'][number];

const place = (territory: string, offset: number, more: Partial<Place> = {}): Place => ({
  territory,
  epoch: 'a',
  offset,
  from: '2026-11-23',
  facilities: [],
  offices: ['esco-genlis'],
  ...more,
});

const state = (territories: Place[], bookings: Booking[]) => ({
  epoch: territories[0]!.epoch,
  offset: territories[0]!.offset,
  territories,
  bookings,
});

async function watching(...others: Place[]) {
  const reply: BookingSubscribeResult = {
    subscription: 'bookings',
    recovered: false,
    source: 'snapshot',
    asOf: '2026-11-24T10:00:00Z',
    storeAvailable: true,
    ...state([place('plaine', 10), ...others], [booking('A', 1), booking('B', 1)]),
  };
  context.server.answer('booking.subscribe', () => reply);
  context.server.answer('account.list', () => ({ accounts: [] }));
  const client = context.client();
  await client.connect();
  const live = client.watchBookings({ facility: 'lucioles' });
  const seen: BookingChange[] = [];
  live.on('change', (changes) => seen.push(...changes));
  await live.ready;
  const changed = (offset: number, changed: Booking, epoch = 'a') =>
    context.server.connection.notify('booking.changed', {
      subscription: 'bookings',
      territory: changed.id.split('.')[0]!,
      epoch,
      offset,
      booking: changed,
    });
  return { reply, client, live, seen, changed, settled: () => client.call('account.list', {}) };
}

const subscribes = () => context.server.calls('booking.subscribe').map(({ params }) => params);

describe('bookings', () => {
  test('load and change', async () => {
    const { live, seen, changed, settled } = await watching();
    const acknowledged = booking('A', 2, { seenAt: '2026-11-24T10:05:00Z' });
    changed(11, acknowledged);
    changed(12, booking('C', 1));
    await settled();
    expect(seen).toEqual([
      { booking: acknowledged, previous: booking('A', 1) },
      { booking: booking('C', 1), previous: undefined },
    ]);
    expect(live).toMatchObject({ status: 'live', epoch: 'a', offset: 12 });
    expect([...live.bookings.keys()]).toEqual(['plaine.A', 'plaine.B', 'plaine.C']);
    expect(subscribes()).toEqual([{ facility: 'lucioles' }]);
  });

  test('never go back to an old version', async () => {
    const { seen, changed, settled } = await watching();
    changed(11, booking('A', 3));
    changed(12, booking('A', 2));
    await settled();
    expect(seen.map((change) => change.booking.version)).toEqual([3]);
  });

  test('resume before the last entry, of which some may be missing', async () => {
    const { reply, live, seen, changed, settled } = await watching();
    changed(12, booking('A', 2, { state: 'expired' }));
    await settled();
    Object.assign(reply, {
      recovered: true,
      source: 'memory',
      ...state([place('plaine', 12)], [booking('A', 2), booking('B', 2, { state: 'expired' })]),
    });
    context.server.cut();
    await waitFor(() => expect(seen.length).toBe(2));
    expect(subscribes()[1]).toEqual({ facility: 'lucioles', since: { epoch: 'a', offset: 11 } });
    expect(live.bookings.get('plaine.B')?.state).toBe('expired');
  });

  test('take another epoch as a snapshot', async () => {
    const { reply, live, changed, settled } = await watching();
    Object.assign(reply, state([place('plaine', 1, { epoch: 'b' })], [booking('B', 1)]));
    changed(1, booking('B', 1), 'b');
    await settled();
    expect(live.epoch).toBe('b');
    expect([...live.bookings.values()]).toEqual([booking('B', 1)]);
  });

  test('subscribe again when the server ends their subscription', async () => {
    const { reply, client, live } = await watching();
    Object.assign(reply, state([place('plaine', 3, { epoch: 'b' })], [booking('C', 1)]));
    context.server.connection.notify('board.reset', { subscription: 'bookings', reason: 'epoch' });
    await client.call('account.list', {});
    await waitFor(() => expect(live.epoch).toBe('b'));
    expect([...live.bookings.values()]).toEqual([booking('C', 1)]);
  });

  test('keep what is newer than a snapshot of their epoch', async () => {
    const { reply, live, changed, settled } = await watching();
    changed(11, booking('A', 5));
    await settled();
    reply.bookings = [booking('A', 4)];
    context.server.cut();
    await waitFor(() => expect(live.bookings.size).toBe(1));
    expect(live.bookings.get('plaine.A')?.version).toBe(5);
  });
});

describe('bookings in several territories', () => {
  const elsewhere = (id: string, version: number, more: Partial<Booking> = {}): Booking =>
    booking(id, version, { id: `vallee.${id}`, ...more });

  test('are followed by one subscription, each from its own place', async () => {
    const { reply, live, seen, changed, settled } = await watching(place('vallee', 700));
    expect(live.territories).toEqual(['plaine', 'vallee']);
    changed(11, booking('A', 2));
    changed(703, elsewhere('X', 1));
    await settled();
    expect(seen.map((change) => change.booking.id)).toEqual(['plaine.A', 'vallee.X']);
    const places = [place('plaine', 11), place('vallee', 703)];
    Object.assign(reply, { recovered: true, source: 'memory', ...state(places, [elsewhere('X', 2)]) });
    context.server.cut();
    await waitFor(() => expect(live.bookings.get('vallee.X')?.version).toBe(2));
    expect(subscribes()[1]).toEqual({
      facility: 'lucioles',
      since: [
        { territory: 'plaine', epoch: 'a', offset: 10 },
        { territory: 'vallee', epoch: 'a', offset: 702 },
      ],
    });
    expect([...live.bookings.keys()]).toEqual(['plaine.A', 'plaine.B', 'vallee.X']);
  });

  test('another epoch of one of them is a snapshot of all, and leaves what is newer in the other', async () => {
    const { reply, live, changed, settled } = await watching(place('vallee', 700));
    changed(11, booking('A', 5));
    changed(701, elsewhere('X', 5));
    await settled();
    const places = [place('plaine', 10), place('vallee', 3, { epoch: 'b' })];
    Object.assign(reply, state(places, [booking('A', 4), elsewhere('X', 1)]));
    changed(3, elsewhere('X', 1), 'b');
    await settled();
    await waitFor(() => expect(live.bookings.get('vallee.X')?.version).toBe(1));
    expect(live.bookings.get('plaine.A')?.version).toBe(5);
  });

  test('what the account may see is another after a break: all is asked anew, and what is not its any more is gone', async () => {
    const { reply, live } = await watching(place('vallee', 700));
    const now = [place('plaine', 10)];
    context.server.answer('booking.subscribe', ({ since }) => ({
      ...reply,
      ...(since
        ? { recovered: true, source: 'memory', ...state(now, []) }
        : { recovered: false, ...state(now, [booking('B', 1)]) }),
    }));
    context.server.cut();
    await waitFor(() => expect([...live.bookings.keys()]).toEqual(['plaine.B']));
    expect(live).toMatchObject({ status: 'live', territories: ['plaine'] });
    expect(subscribes().map((params) => 'since' in params)).toEqual([false, true, false]);
  });
});

test('bookings leave when their days are over, and older ones do not come', async () => {
  const { live, seen, changed, settled } = await watching();
  const left: string[] = [];
  live.on('left', (bookings) => left.push(...bookings.map(({ id }) => id)));
  const [one] = booking('C', 1).places;
  changed(11, booking('C', 1, { places: [one!, { ...one!, id: 1, date: '2026-11-26' }] }));
  const window = { subscription: 'bookings', territory: 'plaine', from: '2026-11-26' };
  context.server.connection.notify('booking.window', window);
  changed(12, booking('A', 2));
  await settled();
  expect(left).toEqual(['plaine.A', 'plaine.B']);
  expect([...live.bookings.keys()]).toEqual(['plaine.C']);
  expect(seen.map((change) => change.booking.id)).toEqual(['plaine.C']);
});

test("without facility and office all of the account's own are watched", async () => {
  const { client } = await watching();
  await client.watchBookings().ready;
  expect(subscribes()[1]).toEqual({});
});

test('what a listener throws is its own affair', async () => {
  const { live, changed, settled } = await watching();
  const thrown = new Promise((resolve) => process.once('uncaughtException', resolve));
  live.on('change', () => {
    throw new Error('of the page');
  });
  changed(11, booking('A', 2));
  await settled();
  expect(live.offset).toBe(11);
  expect(await thrown).toMatchObject({ message: 'of the page' });
});
