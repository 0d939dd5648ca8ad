import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshSlot, open, type Slot } from './support/cells.js';
import { openDay } from './support/days.js';
import { managed, periods, sections, territory } from './support/demo.js';
import { everything } from './support/people.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';

let server: Server;
let token: string;
beforeAll(async () => {
  server = await Server.start();
  token = await everything(server);
});
afterAll(() => server.remove());

const connected = () => Rpc.connect(server, { token });
const adjust = (boss: Rpc, { facility, date, period, section }: Slot) =>
  boss.call('availability.adjust', { facility, key: key(), force: true, cells: [{ date, period, section, by: 1 }] });

const redis = (...args: string[]) => execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args]);

it('reads on in the log of the store where memory does not reach back, once for a crowd, and tells where from', async () => {
  const slot = freshSlot();
  const board = { territory, from: slot.date, days: 1 };
  let boss = await connected();
  await open(boss, slot, 1);
  const { epoch, offset } = await boss.call('board.get', board);
  for (let n = 0; n < 30; n++) await adjust(boss, slot);

  // Another server on the same Redis: the epoch goes on, its memory begins at the head.
  await server.kill();
  server = await server.again();
  boss = await connected();
  const resume = async (since: number) => {
    const rpc = await connected();
    const reply = await rpc.call('board.subscribe', { ...board, since: { epoch, offset: since } });
    return { rpc, reply };
  };
  const crowd = await Promise.all(Array.from({ length: 40 }, (_, n) => resume(offset + (n % 20))));
  for (const { reply } of crowd) {
    expect(reply).toMatchObject({ recovered: true, epoch, offset: offset + 30 });
    expect(reply.cells.map((cell) => cell.open)).toEqual([31]);
  }
  expect(crowd.map(({ reply }) => reply.source)).toContain('log');
  expect((await resume(offset)).reply.source).toBe('memory');

  // Whoever came that way is told what follows, without a gap.
  await adjust(boss, slot);
  for (const { rpc } of crowd) {
    const delta = await rpc.notified('board.delta', (params) => params.offset > offset + 30);
    expect(delta.from).toBeLessThanOrEqual(offset + 30);
    expect(delta.cells.map((cell) => cell.open)).toEqual([32]);
    rpc.cut();
  }
});

it('has the facilities as they are, however soon it comes back', async () => {
  const boss = await connected();
  const board = { territory, from: freshSlot().date, days: 1 };
  const { epoch, offset, facilities } = await boss.call('board.subscribe', board);
  const facility = facilities[0]!;
  const { commune, ...rest } = facility;
  const phone = '03 80 00 00 42';
  const changed = boss.notified('board.facilities', (params) => params.facilities.some((one) => one.phone === phone));
  await boss.call('facility.upsert', { territory, key: key(), facility: { ...rest, commune, phone } });
  await changed;
  const again = await (await connected()).call('board.subscribe', { ...board, since: { epoch, offset } });
  expect(again).toMatchObject({ recovered: true, source: 'memory', offset: offset + 1 });
  expect(again.facilities.find(({ id }) => id === facility.id)!.phone).toBe(phone);
});

it('gets a snapshot where the store has dropped what followed', async () => {
  const slot = freshSlot();
  const board = { territory, from: slot.date, days: 1 };
  let boss = await connected();
  await open(boss, slot, 1);
  const { epoch, offset } = await boss.call('board.get', board);
  for (let n = 0; n < 5; n++) await adjust(boss, slot);
  await server.kill();
  redis('XTRIM', `{${territory}}:log`, 'MINID', `${offset + 4}-0`);
  server = await server.again();
  boss = await connected();
  const since = (at: number) => boss.call('board.subscribe', { ...board, since: { epoch, offset: at } });

  expect(await since(offset)).toMatchObject({ recovered: false, source: 'snapshot', offset: offset + 5 });
  expect(await since(offset + 4)).toMatchObject({ recovered: true, source: 'log' });
  expect(await since(offset + 2)).toMatchObject({ recovered: false, source: 'snapshot' });
});

it('gets a snapshot where there is more to read back than a snapshot costs', async () => {
  let boss = await connected();
  const [facility] = managed;
  const first = { ...freshSlot(), facility: facility! };
  const cells = Array.from({ length: 80 }, (_, n) => openDay(40 + n)).flatMap((date) =>
    periods.flatMap((period) => sections.map((section) => ({ date, period, section }))),
  );
  const set = (open: number) =>
    boss.call('availability.set', {
      facility: facility!,
      key: key(),
      force: true,
      cells: cells.slice(0, 450).map((cell) => ({ ...cell, open })),
    });
  await open(boss, first, 1);
  const { epoch, offset } = await boss.call('board.get', { territory, from: first.date, days: 1 });
  for (let n = 1; n <= 140; n++) await set(n); // some 40 KB each: 5 MiB and more
  await adjust(boss, first);

  await server.kill();
  server = await server.again();
  boss = await connected();
  const board = { territory, from: first.date, days: 1, since: { epoch, offset } };
  expect(await boss.call('board.subscribe', board)).toMatchObject({ recovered: false, source: 'snapshot', epoch });
  const near = { ...board, since: { epoch, offset: offset + 130 } };
  const told = await (await connected()).call('board.subscribe', near);
  expect(told).toMatchObject({ recovered: true, epoch, offset: offset + 141 });
  expect(told.cells.map((cell) => cell.open)).toEqual([2]);
});

it('resumes bookings the same way', async () => {
  const boss = await connected();
  const { epoch, offset } = await boss.call('booking.subscribe', {});
  await adjust(boss, freshSlot());
  await server.kill();
  server = await server.again();
  const again = await connected();
  const reply = await again.call('booking.subscribe', { since: { epoch, offset } });
  expect(reply).toMatchObject({ recovered: true, source: 'log', bookings: [] });
});
