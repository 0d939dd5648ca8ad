import { beforeAll, beforeEach, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open, read, type Slot } from './support/cells.js';
import { territory } from './support/demo.js';
import { openPair } from './support/pair.js';
import { worker } from './support/people.js';
import { key } from './support/rpc.js';

// Holds of two seconds, so that the tests need not wait five minutes.
const at = openPair({ env: { PLACETTE_HOLD_TTL_SECONDS: '2' } });
let slot: Slot;

beforeAll(async () => {
  await at.esco.call('booking.subscribe', {});
});
beforeEach(async () => {
  slot = freshSlot();
  await open(at.boss, slot, 1);
});

const expired = (booking: string) =>
  at.esco.notified('booking.changed', (change) => change.booking.id === booking && change.booking.state === 'expired');

it('a hold that nobody confirms frees its place, and all are told', async () => {
  const { subscription } = await at.boss.call('board.subscribe', { territory, from: slot.date, days: 1 });
  const { booking } = await at.esco.call('booking.hold', wish(slot));
  expect((await at.esco.refused('booking.hold', wish(slot))).problem).toBe('reserved_by_hold');
  const { booking: ended } = await expired(booking.id);
  expect(ended.version).toBe(booking.version + 1);
  await at.boss.notified(
    'board.delta',
    (delta) =>
      delta.subscription === subscription &&
      delta.cells.some(
        (cell) => cell.period === slot.period && cell.section === slot.section && cell.held === 0 && cell.version === 3,
      ),
  );
  expect(await read(at.boss, slot)).toMatchObject({ vip: 0, held: 0, free: { vip: 1, other: 1 } });
});

it('a confirmation that comes too late takes the place anew while it is free', async () => {
  const { booking } = await at.esco.call('booking.hold', wish(slot));
  await expired(booking.id);
  const late = await at.esco.call('booking.confirm', { booking: booking.id, key: key() });
  expect(late.booking.state).toBe('confirmed');
  expect(await read(at.esco, slot)).toMatchObject({ vip: 1, held: 0 });
});

it('a confirmation that comes after another took the place is hold_expired', async () => {
  const { booking } = await at.esco.call('booking.hold', wish(slot));
  await expired(booking.id);
  await at.esco.call('booking.create', wish(slot));
  const { problem, data } = await at.esco.refused('booking.confirm', { booking: booking.id, key: key() });
  expect([problem, data.cells]).toEqual(['hold_expired', [slot]]);
  expect(data.title).toBe('La place n’est plus retenue');
});

it('an expired hold can neither be extended nor released', async () => {
  const { booking } = await at.esco.call('booking.hold', wish(slot));
  await expired(booking.id);
  for (const method of ['booking.extend', 'booking.release']) {
    expect((await at.esco.refused(method, { booking: booking.id, key: key() })).problem).toBe('hold_expired');
  }
  await at.esco.call('booking.create', wish(slot));
});

it('a disconnect does not release', async () => {
  const other = await worker(at.server);
  const { booking } = await other.call('booking.hold', wish(slot));
  other.cut();
  await other.closed;
  expect((await at.esco.call('booking.get', { booking: booking.id })).booking.state).toBe('held');
  await expired(booking.id);
});
