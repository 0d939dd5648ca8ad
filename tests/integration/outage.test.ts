import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshSlot, open } from './support/cells.js';
import { territory } from './support/demo.js';
import { http } from './support/http.js';
import { byName } from './support/mirror.js';
import { manager } from './support/people.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
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
