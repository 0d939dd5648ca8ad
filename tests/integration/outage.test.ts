import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open, read } from './support/cells.js';
import { accounts, office, territory } from './support/demo.js';
import { http } from './support/http.js';
import { byName } from './support/mirror.js';
import { manager, worker } from './support/people.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { createToken } from './support/command.js';
import { whenGone } from './support/processes.js';
import { Stubborn } from './support/stubborn.js';
import { until } from './support/until.js';

let server: Server;
let boss: Rpc;
beforeAll(async () => {
  server = await Server.start();
  boss = await manager(server);
});
afterAll(() => server.remove());

const readiness = async () => (await http(server.url, '/readyz')).status;

it('while the store does not answer, boards go on from memory and writes say so; then all is as if nothing had been', async () => {
  const slot = freshSlot();
  await open(boss, slot, 1);
  const board = { territory, from: slot.date, days: 1 };
  const before = await boss.call('board.subscribe', board);
  const { facilities, storeAvailable } = await boss.call('facility.list', { territory });
  expect(storeAvailable).toBe(true);
  const { facility, date, period, section } = slot;
  const adjustment = { facility, key: key(), cells: [{ date, period, section, by: 1 }] };

  const [redis] = server.redisPids();
  process.kill(redis!, 'SIGSTOP');
  try {
    const inFlight = await boss.refused('availability.adjust', adjustment);
    expect(inFlight.problem).toBe('outcome_unknown');
    expect(inFlight.data.temporary).toBe(true);
    await boss.notified('store.changed', ({ available }) => !available, 20_000);
    const late = await boss.refused('availability.adjust', { ...adjustment, key: key() });
    expect(late.problem).toBe('store_unavailable');
    expect(late.data.temporary).toBe(true);

    const meanwhile = await boss.call('board.get', board);
    expect(meanwhile.storeAvailable).toBe(false);
    expect(byName(meanwhile.cells)).toEqual(byName(before.cells));
    const listed = await boss.call('facility.list', { territory });
    expect(listed).toMatchObject({ facilities, storeAvailable: false });
    expect(await boss.call('territory.get', { territory })).toMatchObject({ id: territory, storeAvailable: false });
    expect(await readiness()).toBe(503);
    expect((await http(server.url, '/healthz')).status).toBe(200);
  } finally {
    process.kill(redis!, 'SIGCONT');
  }
  await boss.notified('store.changed', ({ available }) => available, 20_000);
  await until('the server is ready', async () => (await readiness()) === 200);
  const { cells } = await boss.call('availability.adjust', adjustment);
  expect(cells[0]!.open).toBe(2);
});

it('functions that Redis has lost are loaded again, and nobody is told', async () => {
  const esco = await worker(server);
  const slot = freshSlot();
  const forget = () => execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), 'FUNCTION', 'FLUSH']);
  forget();
  expect((await open(boss, slot, 5)).open).toBe(5);
  forget();
  const wishes = Array.from({ length: 5 }, () => wish(slot));
  const booked = await Promise.all(wishes.map((one) => esco.call('booking.create', one)));
  forget();
  const { bookings } = await esco.call('booking.list', { office, from: slot.date, to: slot.date });
  expect(bookings.map(({ id }) => id)).toEqual(expect.arrayContaining(booked.map(({ booking }) => booking.id)));
  expect(await read(boss, slot)).toMatchObject({ open: 5, vip: 5 });
  await esco.close();
});

it('a socket that was deleted comes back with a new Redis, and nothing is lost', async () => {
  const token = await createToken(server, accounts.manager);
  const client = new Stubborn(server, token);
  const slot = freshSlot();
  await open(boss, slot, 1);
  const [redis] = server.redisPids();
  const { facility, ...cell } = slot;
  let adjusted = 0;
  let stop = false;
  const working = (async () => {
    for (; !stop; adjusted++)
      await client.call('availability.adjust', { facility, key: key(), force: true, cells: [{ ...cell, by: 1 }] });
  })();
  rmSync(join(server.dataDir, 'redis.sock'));
  await whenGone(redis!);
  const soFar = adjusted;
  await until('work goes on', () => adjusted > soFar, 5_000);
  stop = true;
  await working;
  client.close();
  expect(server.redisPids()).toHaveLength(1);
  expect(await createToken(server, accounts.worker)).toBeTruthy(); // who comes from outside finds the socket
  await until('the board is loaded again', async () => (await readiness()) === 200);
  expect((await read(boss, slot))!.open).toBe(1 + adjusted);
});
