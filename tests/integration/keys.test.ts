import { describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { open } from './support/cells.js';
import { act, openDesk } from './support/desk.js';
import { worker } from './support/people.js';
import { key } from './support/rpc.js';

const desk = openDesk();

describe('keys', () => {
  it('have one effect: a repeat answers the same, as it is now', async () => {
    const params = wish(desk.slot);
    const first = await desk.esco.call('booking.hold', params);
    expect(first.replayed).toBeUndefined();
    await desk.esco.call('booking.confirm', act(first.booking));
    const again = await desk.esco.call('booking.hold', params);
    expect(again).toMatchObject({ replayed: true, booking: { id: first.booking.id, state: 'confirmed' } });
    await desk.shows({ vip: 1 });
  });

  it('have one effect even when sent at once, and from another connection', async () => {
    const params = wish(desk.slot);
    const colleague = await worker(desk.server);
    const replies = await Promise.all(
      [desk.esco, colleague, desk.esco, colleague].map((rpc) => rpc.call('booking.create', params)),
    );
    expect(new Set(replies.map(({ booking }) => booking.id)).size).toBe(1);
    expect(replies.filter(({ replayed }) => replayed)).toHaveLength(3);
    await desk.shows({ vip: 1 });
    await colleague.close();
  });

  it('answer a success even after the slot would be refused', async () => {
    const params = wish(desk.slot);
    const { booking } = await desk.esco.call('booking.create', params);
    await open(desk.boss, desk.slot, 1);
    expect((await desk.esco.refused('booking.create', wish(desk.slot))).problem).toBe('no_place');
    expect(await desk.esco.call('booking.create', params)).toMatchObject({
      replayed: true,
      booking: { id: booking.id },
    });
  });

  it('do not serve for something else', async () => {
    const params = wish(desk.slot);
    await desk.esco.call('booking.create', params);
    const other = await desk.esco.refused('booking.create', { ...params, care: 'other' });
    expect(other.problem).toBe('idempotency_mismatch');
  });

  it('are not used up by a refusal', async () => {
    await open(desk.boss, desk.slot, 0);
    const params = wish(desk.slot);
    expect((await desk.esco.refused('booking.create', params)).problem).toBe('no_place');
    await open(desk.boss, desk.slot, 1);
    expect((await desk.esco.call('booking.create', params)).replayed).toBeUndefined();
  });

  it('are the account’s own', async () => {
    const params = wish(desk.slot);
    const mine = await desk.esco.call('booking.create', params);
    const theirs = await desk.auxonne.call('booking.create', params);
    expect(theirs.booking.id).not.toBe(mine.booking.id);
  });

  it('count once for an adjustment', async () => {
    const { facility, date, period, section } = desk.slot;
    const params = { facility, key: key(), cells: [{ date, period, section, by: 1 }] };
    await desk.boss.call('availability.adjust', params);
    const again = await desk.boss.call('availability.adjust', params);
    expect(again).toMatchObject({ replayed: true, cells: [{ open: 3 }] });
    await desk.shows({ open: 3 });
  });
});
