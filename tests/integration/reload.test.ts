import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openDay, today } from './support/days.js';
import { lucioles, territory } from './support/demo.js';
import { byName, nameOf } from './support/mirror.js';
import { manager } from './support/people.js';
import type { Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let boss: Rpc;
beforeAll(async () => {
  server = await Server.start();
  boss = await manager(server);
});
afterAll(() => server.remove());

it('a board that is loaded anew is never seen by halves', async () => {
  const board = { territory, from: today(), days: 14 };
  const { cells, epoch } = await boss.call('board.get', board);
  process.kill(server.redisPids()[0]!, 'SIGKILL');
  const sizes = new Set<number>();
  await until('the board is of another epoch', async () => {
    const now = await boss.call('board.get', board);
    sizes.add(now.cells.length);
    return now.epoch !== epoch;
  });
  for (let n = 0; n < 50; n++) sizes.add((await boss.call('board.get', board)).cells.length);
  expect([...sizes]).toEqual([cells.length]);
});

it('an entry of the log that nobody understands has its territory read anew, and nobody loses the store for it', async () => {
  const board = { territory, from: openDay(2), days: 1 };
  const watcher = await manager(server);
  await until('the store is back', async () => (await watcher.call('board.get', board)).storeAvailable);
  const toldBefore = watcher.notifications.length;
  const before = await watcher.call('board.subscribe', board);
  const cell = before.cells.find(({ facility }) => facility === lucioles)!;
  const redis = (...args: string[]) =>
    execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args], { encoding: 'utf8' }).trim();
  // Another version has changed a count, and told it in words of its own.
  const [key, field] = [`{${territory}}:cells:${cell.facility}:${cell.date}`, `${cell.period}|${cell.section}`];
  const numbers = redis('HGET', key, field).split(',');
  numbers[0] = String(cell.open + 1);
  numbers[7] = String(cell.version + 1);
  redis('HSET', key, field, numbers.join(','));
  redis('SET', `{${territory}}:head`, `${before.offset + 1}`);
  redis('XADD', `{${territory}}:log`, `${before.offset + 1}-0`, 'cells', 'no cell');
  await watcher.notified('board.reset');
  const { epoch, offset } = before;
  const after = await watcher.call('board.subscribe', { ...board, since: { epoch, offset } });
  expect(after).toMatchObject({ recovered: false, epoch, offset: offset + 1, storeAvailable: true });
  expect(byName(after.cells)[nameOf(cell)]).toMatchObject({ open: cell.open + 1, version: cell.version + 1 });
  expect(watcher.notifications.slice(toldBefore).map(({ method }) => method)).not.toContain('store.changed');
});

it('one batch makes no more subscriptions than a session may have', async () => {
  const calls = Array.from({ length: 20 }, (_, n) => ({
    method: 'board.subscribe',
    params: { territory, from: today(), days: n + 1 },
  }));
  const outcomes = await boss.batch(calls);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
});
