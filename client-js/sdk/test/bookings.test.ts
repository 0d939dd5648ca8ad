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

async function watching() {
  const reply: BookingSubscribeResult = {
    subscription: 'bookings',
    recovered: false,
    source: 'snapshot',
    epoch: 'a',
    offset: 10,
    asOf: '2026-11-24T10:00:00Z',
    storeAvailable: true,
    bookings: [booking('A', 1), booking('B', 1)],
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
      offset: 12,
      bookings: [booking('A', 2), booking('B', 2, { state: 'expired' })],
    });
    context.server.cut();
    await waitFor(() => expect(seen.length).toBe(2));
    expect(subscribes()[1]).toEqual({ facility: 'lucioles', since: { epoch: 'a', offset: 11 } });
    expect(live.bookings.get('plaine.B')?.state).toBe('expired');
  });

  test('take another epoch as a snapshot', async () => {
    const { reply, live, changed, settled } = await watching();
    Object.assign(reply, { epoch: 'b', offset: 1, bookings: [booking('B', 1)] });
    changed(1, booking('B', 1), 'b');
    await settled();
    expect(live.epoch).toBe('b');
    expect([...live.bookings.values()]).toEqual([booking('B', 1)]);
  });

  test('subscribe again when the server ends their subscription', async () => {
    const { reply, client, live } = await watching();
    Object.assign(reply, { epoch: 'b', offset: 3, bookings: [booking('C', 1)] });
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
