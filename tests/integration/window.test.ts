import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MovingClock } from '../another_day/moving_clock.mjs';
import { wish } from './support/bookings.js';
import { createToken } from './support/command.js';
import { freshSlot, open } from './support/cells.js';
import { accounts, territory } from './support/demo.js';
import { Rpc } from './support/rpc.js';
import { Server } from './support/server.js';

const hour = 3600;
let folder: string;
let clock: MovingClock;
let server: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'placette-clock-'));
  clock = new MovingClock(folder);
  // The sanitizer wants to be the first library, and is the second now: nothing that it replaces is replaced here.
  const sanitizer = `verify_asan_link_order=0:${process.env.ASAN_OPTIONS ?? 'quarantine_size_mb=4'}`;
  server = await Server.start({ env: { ...clock.environment, ASAN_OPTIONS: sanitizer } });
});
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true });
});

it('a day that ends is told, and what was before it is followed no longer', async () => {
  const slot = freshSlot();
  const tokens = [accounts.manager, accounts.worker].map((account) => createToken(server, account));
  const [boss, esco] = await Promise.all((await Promise.all(tokens)).map((token) => Rpc.connect(server, { token })));
  await open(boss!, slot, 1);
  const { booking } = await esco!.call('booking.create', wish(slot));
  const first = await esco!.call('booking.subscribe', {});
  expect(first.bookings.map(({ id }) => id)).toContain(booking.id);
  const [{ from }] = first.territories as [{ from: string }];

  clock.forward(26 * hour); // one day is an hour longer
  const next = await esco!.notified('booking.window', (params) => params.from > from);
  expect(next).toMatchObject({ subscription: first.subscription, territory });

  clock.forward((Date.parse(slot.date) - clock.now) / 1000 + 74 * hour);
  await esco!.notified('booking.window', (params) => params.from > slot.date);
  const last = await (
    await Rpc.connect(server, { token: await createToken(server, accounts.worker) })
  ).call('booking.subscribe', {});
  expect(last.territories[0]!.from > slot.date).toBe(true);
  expect(last.bookings.map(({ id }) => id)).not.toContain(booking.id);
  expect(boss!.notifications).toEqual([]); // of those who follow bookings alone
});
