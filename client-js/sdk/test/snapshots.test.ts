import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { BoardGetResult, BoardSubscribeResult } from '../src/index.js';
import { cellOf } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();
const filter = { territory: 'plaine', days: 7, from: '2026-11-24' };
const asOf = '2026-11-24T10:00:00Z';
const board = (offset: number, ...versions: number[]): BoardGetResult => ({
  epoch: 'a',
  offset,
  asOf,
  storeAvailable: true,
  facilities: [],
  cells: versions.map((version) => cellOf(version)),
});
const subscribed = (offset: number, recovered: boolean, ...versions: number[]): BoardSubscribeResult => ({
  ...board(offset, ...versions),
  subscription: 's',
  recovered,
  source: recovered ? 'memory' : 'snapshot',
});
const subscribes = () => context.server.calls('board.subscribe').map(({ params }) => params.since);

async function watching(options: object = {}) {
  const client = context.client({ fetch: globalThis.fetch, token: 'secret', ...options });
  await client.connect();
  return { client, board: client.watchBoard({ ...filter, facilities: ['b', 'a'] }) };
}

describe('a board', () => {
  test('is read over HTTP, and gone on from over the socket', async () => {
    const { server } = context;
    let bearer: string | undefined;
    server.get = (_, request, response) => {
      bearer = request.headers.authorization;
      response.setHeader('content-encoding', 'gzip').end(gzipSync(JSON.stringify(board(10, 3))));
    };
    server.answer('board.subscribe', () => subscribed(11, true, 4));
    const { board: live } = await watching();
    await live.ready;
    expect(server.asked).toEqual(['GET /boards/plaine?from=2026-11-24&days=7&facility=a&facility=b']);
    expect(bearer).toBe('Bearer secret');
    expect(subscribes()).toEqual([{ epoch: 'a', offset: 10 }]);
    expect(live).toMatchObject({ status: 'live', offset: 11, recovered: false, source: 'snapshot' });
    expect([...live.cells.values()]).toEqual([cellOf(4)]);
  });

  test('tells how much of it has come', async () => {
    const text = JSON.stringify(board(10, 3));
    context.server.get = (_, __, response) => {
      response.setHeader('placette-size', text.length);
      response.write(text.slice(0, 50));
      setTimeout(() => response.end(text.slice(50)), 30);
    };
    context.server.answer('board.subscribe', () => subscribed(10, true));
    const { board: live } = await watching();
    const told: unknown[] = [];
    live.on('progress', (...bytes) => told.push(bytes));
    await live.ready;
    expect(told).toEqual([
      [50, text.length],
      [text.length, text.length],
    ]);
  });

  test('may come as slowly as it will, while it comes', async () => {
    const text = JSON.stringify(board(10, 3));
    context.server.get = (_, __, response) => {
      let sent = 0;
      const piece = setInterval(() => {
        response.write(text.slice(sent, (sent += Math.ceil(text.length / 12))));
        if (sent >= text.length) response.end(() => clearInterval(piece));
      }, 20);
    };
    context.server.answer('board.subscribe', () => subscribed(10, true));
    const { board: live } = await watching({ timing: { reply: 150 } });
    const begun = Date.now();
    await live.ready;
    expect(Date.now() - begun).toBeGreaterThan(200);
    expect(subscribes()).toEqual([{ epoch: 'a', offset: 10 }]);
    expect(context.server.connections.length).toBe(1);
  });

  test.each([
    ['does not give it', (response: { end(): void }) => response.end()],
    ['stalls', () => {}],
    ['is cut', (response: { destroy(): void }) => response.destroy()],
  ])('comes over the socket where HTTP %s', async (_, answer) => {
    context.server.get = (_, __, response) => answer(response);
    context.server.answer('board.subscribe', () => subscribed(10, false, 3));
    const { client, board: live } = await watching({ timing: { reply: 40 } });
    await live.ready;
    expect([...live.cells.values()]).toEqual([cellOf(3)]);
    expect(subscribes()).toEqual([undefined]);
    // Nothing more is asked that way of this connection; the next one may have it.
    await client.watchBoard(filter).ready;
    expect(context.server.asked.length).toBe(1);
    context.server.cut();
    await waitFor(() => expect(context.server.connections.length).toBe(2));
    await client.call('account.list', {}).catch(() => {});
    await client.watchBoard({ ...filter, days: 3 }).ready;
    expect(context.server.asked.length).toBe(2);
  });

  test('that is closed before it is there is asked for no more', async () => {
    context.server.get = () => {};
    const { client, board: live } = await watching();
    await waitFor(() => expect(context.server.asked.length).toBe(1));
    live.close();
    await expect(live.ready).rejects.toThrow('closed');
    await client.call('account.list', {}).catch(() => {});
    expect(subscribes()).toEqual([]);
  });
});
