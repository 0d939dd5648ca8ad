import { PlacetteClient } from '@placette/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import WebSocket from 'ws';
import { freshSlot, open, read } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, territory } from './support/demo.js';
import { Proxy } from './support/proxy.js';
import { Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let proxy: Proxy;
let tokens: { manager: string; worker: string };
const clients: PlacetteClient[] = [];

beforeAll(async () => {
  server = await Server.start();
  proxy = await Proxy.before(server.port);
  tokens = {
    manager: await createToken(server, accounts.manager),
    worker: await createToken(server, accounts.worker),
  };
});
afterEach(() => {
  clients.splice(0).forEach((client) => client.close());
  proxy.cut();
  proxy.mend();
  proxy.slowDown(undefined);
});
afterAll(async () => {
  await proxy.close();
  await server.remove();
});

function client(options: Partial<ConstructorParameters<typeof PlacetteClient>[0]> = {}): PlacetteClient {
  const usual = { url: proxy.url, token: tokens.worker, webSocket: WebSocket as never, random: () => 0.02 };
  const made = new PlacetteClient({ ...usual, ...options });
  clients.push(made);
  return made;
}

const board = { territory, from: openDay(1), days: 14 };
const slow = { bytesPerSecond: 40_000, delayMs: 200 };

describe('over a slow link', () => {
  it('what is large and comes over the socket is waited for: the line is not cut under it', async () => {
    proxy.slowDown(slow);
    const states: string[] = [];
    const placette = client({ fetch: false, timing: { reply: 1_000, call: 2_000 } });
    placette.on('state', (state) => states.push(state));
    await placette.connect();
    await placette.watchBoard(board).ready;
    // It was too late for the patience of the first attempt, and of nobody else.
    expect(states.filter((state) => state === 'waiting').length).toBeLessThanOrEqual(3);
  });
});

it('a line that carries nothing more is given up, and what was asked over it is asked again', async () => {
  const placette = client({ token: tokens.manager, timing: { reply: 300, heartbeat: 500 } });
  await placette.connect();
  const live = placette.watchBoard(board);
  await live.ready;
  const slot = freshSlot();
  const boss = await Rpc.connect(server, { token: tokens.manager });
  await open(boss, slot, 0);
  proxy.stall();
  await until('the client notices by itself', () => live.status === 'stale');
  const { facility, date, period, section } = slot;
  const calling = placette.call('availability.adjust', { facility, cells: [{ date, period, section, by: 1 }] });
  proxy.cut();
  proxy.mend();
  expect((await calling).cells[0]).toMatchObject({ open: 1 });
  expect(await read(boss, slot)).toMatchObject({ open: 1 });
  await until('the board is live again', () => live.status === 'live');
  boss.cut();
});
