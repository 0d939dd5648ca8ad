import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell } from '../../client-js/sdk/src/generated/messages.js';
import { wish } from './support/bookings.js';
import { freshSlot, open, read, type Slot } from './support/cells.js';
import { createToken } from './support/command.js';
import { accounts, territory } from './support/demo.js';
import { Follower } from './support/follower.js';
import { manager } from './support/people.js';
import { Refusal, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

const clients = 200;
const places = 50;

let server: Server;
let boss: Rpc;
let rivals: Rpc[];
let watcher: Follower;

beforeAll(async () => {
  server = await Server.start();
  boss = await manager(server);
  const token = await createToken(server, accounts.worker);
  rivals = await Promise.all(Array.from({ length: clients }, () => Rpc.connect(server, { token })));
  watcher = new Follower(server, token, { territory, from: freshSlot().date, days: 20 });
  await watcher.ready;
});
afterAll(async () => {
  await watcher?.stop();
  rivals?.forEach((rpc) => rpc.cut());
  await server.remove();
});

/** All at once: how many got a place, and what the others were told. */
async function rush(method: 'booking.create' | 'booking.hold', slot: Slot, care: 'vip' | 'other') {
  const outcomes = await Promise.allSettled(rivals.map((rpc) => rpc.call(method, wish(slot, { care }))));
  const tally: Record<string, number> = {};
  const ids = new Set<string>();
  for (const outcome of outcomes) {
    if (outcome.status === 'fulfilled') ids.add(outcome.value.booking.id);
    const name = outcome.status === 'fulfilled' ? 'booked' : (outcome.reason as Refusal).problem;
    tally[name] = (tally[name] ?? 0) + 1;
    if (outcome.status === 'rejected') expect((outcome.reason as Refusal).data.cells).toEqual([slot]);
  }
  return { tally, distinct: ids.size };
}

async function expectCell(slot: Slot, expected: Partial<Cell>): Promise<void> {
  await until('the board shows it', () => watcher.mirror.cell(slot)?.version === expected.version);
  expect(watcher.mirror.cell(slot)).toMatchObject(expected);
  const fresh = await Rpc.connect(server, { token: await createToken(server, accounts.coordinator) });
  expect(await read(fresh, slot)).toMatchObject(expected);
  fresh.cut();
  expect([watcher.mirror.faults, watcher.gaps]).toEqual([[], 0]);
}

describe(`${clients} clients want the last ${places} places at once`, () => {
  it('bookings: fifty, and no_place for the others', async () => {
    const slot = freshSlot();
    const { version } = await open(boss, slot, places);
    const { tally, distinct } = await rush('booking.create', slot, 'vip');
    expect(tally).toEqual({ booked: places, no_place: clients - places });
    expect(distinct).toBe(places);
    const full = {
      open: places,
      vip: places,
      other: 0,
      held: 0,
      free: { vip: 0, other: 0 },
      version: version + places,
    };
    await expectCell(slot, full);
  });

  it('holds: fifty, and reserved_by_hold for the others', async () => {
    const slot = freshSlot();
    const { version } = await open(boss, slot, places);
    const { tally } = await rush('booking.hold', slot, 'vip');
    expect(tally).toEqual({ booked: places, reserved_by_hold: clients - places });
    await expectCell(slot, { vip: places, held: places, free: { vip: 0, other: 0 }, version: version + places });
  });

  it('care other than insertion: what is not protected, and kept_for_vip for the others', async () => {
    const slot = freshSlot();
    const { version } = await open(boss, slot, places + 20, 20);
    const { tally } = await rush('booking.create', slot, 'other');
    expect(tally).toEqual({ booked: places, kept_for_vip: clients - places });
    await expectCell(slot, { other: places, vip: 0, free: { vip: 20, other: 0 }, version: version + places });
  });
});
