// What an operator can alert on: figures that are true.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshSlot, open } from './support/cells.js';
import { wish } from './support/bookings.js';
import { territory } from './support/demo.js';
import { http, postSession } from './support/http.js';
import { manager, worker } from './support/people.js';
import type { Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
beforeAll(async () => {
  server = await Server.start();
});
afterAll(() => server.remove());

/** The sum of all series of that name and these labels. */
async function figure(name: string, labels: Record<string, string> = {}, of = server.url): Promise<number> {
  const { text } = await http(of, '/metrics');
  const all = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  const wanted = Object.entries(labels).map(([label, value]) => `${label}="${value}"`);
  const found = all.filter((line) => wanted.every((label) => line.includes(label)));
  return found.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describe('with the demo', () => {
  let boss: Rpc;
  let esco: Rpc;
  beforeAll(async () => {
    [boss, esco] = await Promise.all([manager(server), worker(server)]);
  });
  afterAll(() => [boss, esco].forEach((rpc) => rpc.cut()));

  it('the cells are those of the boards', async () => {
    await until('they are counted', async () => (await figure('placette_cells')) > 100);
    expect(await figure('placette_build_info', { schema: '5' })).toBe(1);
    expect(await figure('placette_store_available')).toBe(1);
    expect(await figure('placette_disk_free_bytes')).toBeGreaterThan(0);
    expect(await figure('placette_append_only_bytes')).toBeGreaterThan(0);
    expect(await figure('placette_writes_refused')).toBe(0);
  });

  it('calls are counted by method and outcome, with their time', async () => {
    await boss.call('territory.get', { territory });
    await boss.refused('territory.get', { territory: 'none' });
    await boss.refused('account.list', {});
    const of = (method: string, outcome: string) => figure('placette_calls_total', { method, outcome });
    expect(await of('territory.get', 'ok')).toBe(1);
    expect(await of('territory.get', 'invalid_params')).toBe(1);
    expect(await of('account.list', 'forbidden')).toBe(1);
    expect(await figure('placette_call_seconds_count', { method: 'territory.get' })).toBe(2);
  });

  it('what is held and what is stale is seen', async () => {
    const slot = freshSlot();
    await open(boss, slot, 2);
    await esco.call('booking.hold', wish(slot));
    await until('it is held', async () => (await figure('placette_places_held')) === 1);
    expect(await figure('placette_store_seconds_count')).toBeGreaterThan(1);
    expect(await figure('placette_change_lag_seconds_count')).toBeGreaterThan(1);
  });

  it('sign-ins are counted by outcome', async () => {
    const refused = await figure('placette_sign_ins_total', { outcome: 'unauthenticated' });
    await postSession(server.url, { account: 'nobody', password: 'wrong' });
    expect(await figure('placette_sign_ins_total', { outcome: 'unauthenticated' })).toBe(refused + 1);
    expect(await figure('placette_sign_ins_total', { outcome: 'ok' })).toBeGreaterThanOrEqual(2);
  });
});

it('tells how often the store was away, and how long', async () => {
  const [redis] = server.redisPids();
  process.kill(redis!, 'SIGKILL');
  await until('it was away', async () => (await figure('placette_store_away_seconds_total')) > 0, 20_000);
  expect(await figure('placette_store_lost_total')).toBe(1);
  expect(await figure('placette_store_available')).toBe(1);
});

it('is for this machine alone, or on an address of its own', async () => {
  const asked = (url: string, from?: string) =>
    http(url, '/metrics', from ? { headers: { 'x-forwarded-for': from } } : {});
  expect((await asked(server.url)).status).toBe(200);
  expect((await asked(server.url, '192.0.2.1')).status).toBe(404);
  for (const forwarded of ['for=127.0.0.1', 'proto=https', 'x', 'for=192.0.2.2']) {
    const headers = { 'x-forwarded-for': '192.0.2.1', forwarded };
    expect((await http(server.url, '/metrics', { headers })).status, forwarded).toBe(404);
  }
  for (const listed of [',', '192.0.2.1, garbage', '127.0.0.1, 192.0.2.1'])
    expect((await asked(server.url, listed)).status, listed).toBe(404);

  const apart = await Server.start({ args: ['--metrics-listen', '127.0.0.1:0'] });
  try {
    const [, port] = await until('it says where', () => /metrics on port (\d+)/.exec(apart.process.output));
    const url = `http://127.0.0.1:${port}`;
    expect((await asked(apart.url)).status).toBe(404);
    expect((await asked(url)).text).toContain('placette_sessions 0');
    expect((await http(url, '/readyz')).status).toBe(200);
    expect((await http(url, '/')).status).toBe(404);
    expect((await http(url, '/rpc', { method: 'POST', body: '{}' })).status).toBe(404);
  } finally {
    await apart.remove();
  }
});
