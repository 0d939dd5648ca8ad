import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { today } from './support/days.js';
import { territory } from './support/demo.js';
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

it('boards are not told as present while they are read anew, for an entry of the log that nobody understands', async () => {
  const board = { territory, from: today(), days: 14 };
  const watcher = await manager(server);
  const { cells, epoch, offset } = await watcher.call('board.get', board);
  const redis = (...args: string[]) => execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args]);
  redis('SET', `{${territory}}:head`, `${offset + 1}`);
  redis('XADD', `{${territory}}:log`, `${offset + 1}-0`, 'cells', 'no cell');
  await watcher.notified('store.changed', ({ available }) => !available);
  await watcher.notified('store.changed', ({ available }) => available);
  const after = await watcher.call('board.get', board);
  expect(after).toMatchObject({ epoch, offset: offset + 1, storeAvailable: true });
  expect(after.cells).toEqual(cells);
});

it('one batch makes no more subscriptions than a session may have', async () => {
  const calls = Array.from({ length: 20 }, (_, n) => ({
    method: 'board.subscribe',
    params: { territory, from: today(), days: n + 1 },
  }));
  const outcomes = await boss.batch(calls);
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(8);
});
