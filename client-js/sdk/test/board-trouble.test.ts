// A board whose link is cut, or whose server refuses it.
import { describe, expect, test } from 'vitest';
import { LiveBoard } from '../src/index.js';
import type { LiveView } from '../src/line.js';
import { unreachable } from '../src/problem.js';
import { changes, filter, Script, withBoard } from './scripted-board.js';
import { cellOf, Refusal } from './scripted-server.js';
import { waitFor } from './setup.js';

const { context, watching, subscribes, settled } = withBoard();

describe('when the link is cut', () => {
  test('a board is stale, resumes where it was, and is live again', async () => {
    const { script, board } = await watching();
    const statuses: string[] = [];
    board.on('status', (status) => statuses.push(status));
    const seen = changes(board);
    Object.assign(script, { offset: 20, recovered: true, cells: [cellOf(8)] });
    context.server.cut();
    await waitFor(() => expect(statuses).toEqual(['stale', 'live']));
    expect(subscribes().map(({ params }) => params.since)).toEqual([undefined, { epoch: 'a', offset: 10 }]);
    expect(seen).toEqual([{ cell: cellOf(8), previous: cellOf(3) }]);
  });

  test('a stale board keeps its cells and says until when they were true', async () => {
    const { client, board } = await watching();
    await context.server.stop();
    await waitFor(() => expect(board.status).toBe('stale'));
    expect([...board.cells.values()]).toEqual([cellOf(3)]);
    expect(Math.abs(Date.parse(board.asOf ?? '') - client.serverNow())).toBeLessThan(1000);
  });

  test('during the subscribe itself, it is repeated once', async () => {
    const script = new Script();
    context.server.answer('board.subscribe', (params, { socket }) => {
      if (subscribes().length === 1) socket.terminate();
      return script.answer(params);
    });
    const client = context.client();
    await client.connect();
    const board = client.watchBoard(filter);
    await board.ready;
    await settled(client);
    expect(subscribes().length).toBe(2);
  });
});

describe('a problem', () => {
  test('that lasts ends the board, which says why', async () => {
    context.server.answer('board.subscribe', () => {
      throw new Refusal('forbidden');
    });
    const client = context.client();
    await client.connect();
    const board = client.watchBoard(filter);
    const problem = new Promise((resolve) => board.on('error', resolve));
    await expect(board.ready).rejects.toMatchObject({ type: 'forbidden' });
    expect(await problem).toMatchObject({ type: 'forbidden' });
    expect(board.status).toBe('refused');
    expect(board.refusal).toMatchObject({ type: 'forbidden' });
  });

  test('of the connection is not waited for: the next call waits for a connection by itself', async () => {
    const calls: object[] = [];
    const line = {
      random: () => 1,
      backoff: () => 60_000,
      callMs: 1000,
      failed: () => {},
      readBoard: async () => undefined,
      serverNow: Date.now,
      heardAt: Date.now,
      timezone: () => 'Europe/Paris',
      call: async (_: string, params: object) => {
        if (calls.push(params) === 1) throw unreachable();
      },
      once: () => {},
      join: (view: LiveView) => view.online(),
      leave: () => {},
      inUse: () => false,
    };
    new LiveBoard(line, filter);
    await waitFor(() => expect(calls.length).toBe(2));
  });

  test('that passes leaves the board stale until it is over', async () => {
    const { script, client, board } = await watching();
    const seen: string[] = [];
    board.on('status', (status) => seen.push(status));
    let refused = 0;
    context.server.answer('board.subscribe', (params) => {
      if (++refused < 3) throw new Refusal('store_unavailable', { temporary: true });
      return script.answer(params);
    });
    const { subscription } = script.answer(filter);
    context.server.connection.notify('board.reset', { subscription, reason: 'reloaded' });
    await waitFor(() => expect(seen).toEqual(['stale', 'live']));
    expect(refused).toBe(3);
    expect(client.state).toBe('online');
  });

  test("of the server's own making ends neither board nor client", async () => {
    const { script, client, board } = await watching();
    const errors: unknown[] = [];
    client.on('error', (error) => errors.push(error));
    let refused = 0;
    context.server.answer('board.subscribe', (params) => {
      if (++refused < 7) throw new Refusal('internal');
      return script.answer(params);
    });
    const statuses: string[] = [];
    board.on('status', (status) => statuses.push(status));
    context.server.cut();
    await waitFor(() => expect(statuses).toEqual(['stale', 'live']));
    expect(errors).toMatchObject([{ type: 'internal' }, { type: 'internal' }]); // of three attempts each
    expect(client.state).toBe('online');
  });

  test('of a reply that cannot be taken is one of the server: it is asked again', async () => {
    const { script, client, board } = await watching();
    const cells = [cellOf(4)];
    context.server.answer('board.subscribe', (params) => {
      const isFirst = subscribes().length === 2;
      return { ...script.answer(params), cells: isFirst ? (null as never) : cells, recovered: true, offset: 11 };
    });
    context.server.cut();
    await waitFor(() => expect(board.offset).toBe(11));
    await settled(client);
    expect([...board.cells.values()]).toEqual(cells);
  });

  test('that passes is waited for', async () => {
    const script = new Script();
    context.server.answer('board.subscribe', (params) => {
      if (subscribes().length < 3) throw new Refusal('rate_limited', { temporary: true });
      return script.answer(params);
    });
    const client = context.client();
    await client.connect();
    await client.watchBoard(filter).ready;
    expect(subscribes().length).toBe(3);
  });
});
