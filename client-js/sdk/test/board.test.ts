import { describe, expect, test, vi } from 'vitest';
import {
  cellKey,
  LiveBoard,
  type BoardDump,
  type BoardSubscribeParams,
  type BoardSubscribeResult,
  type Cell,
  type CellChange,
} from '../src/index.js';
import type { LiveView } from '../src/line.js';
import { unreachable } from '../src/problem.js';
import { cellOf, Refusal, type Connection } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();

const filter = { territory: 'plaine', days: 7, from: '2026-11-24' };
const lucioles = {
  id: 'lucioles',
  name: 'Les Lucioles',
  kind: 'multi_accueil' as const,
  commune: { insee: '21292', name: 'Genlis' },
  address: '',
  access: '',
  phone: '',
  latitude: null,
  longitude: null,
  capacity: 30,
  reservedFloor: 0,
  bring: [],
  sections: [],
  periods: [],
  closures: [],
};

/** What the server knows; each subscribe is answered from it. */
class Script {
  epoch = 'a';
  offset = 10;
  cells: Cell[] = [cellOf(3)];
  recovered = false;

  answer = ({ territory, from, days, facilities }: BoardSubscribeParams): BoardSubscribeResult => ({
    subscription: JSON.stringify([territory, from, days, facilities]).slice(0, 64),
    recovered: this.recovered,
    source: this.recovered ? 'memory' : 'snapshot',
    epoch: this.epoch,
    offset: this.offset,
    asOf: '2026-11-24T10:00:00Z',
    storeAvailable: true,
    facilities: [lucioles],
    cells: this.cells,
  });

  delta(connection: Connection, from: number, offset: number, cells: Cell[], epoch = this.epoch): void {
    const subscription = this.answer(filter).subscription;
    connection.notify('board.delta', { subscription, epoch, from, offset, cells });
  }
}

async function watching(options = filter as Parameters<ReturnType<typeof context.client>['watchBoard']>[0]) {
  const script = new Script();
  context.server.answer('board.subscribe', script.answer);
  context.server.answer('board.unsubscribe', () => ({}));
  const client = context.client();
  await client.connect();
  const board = client.watchBoard(options);
  await board.ready;
  return { script, client, board };
}

const subscribes = () => context.server.calls('board.subscribe');
const changes = (board: LiveBoard) => {
  const seen: CellChange[] = [];
  board.on('change', (some) => seen.push(...some));
  return seen;
};
/** All that was sent before has arrived. */
const settled = async (client: { call: ReturnType<typeof context.client>['call'] }) => {
  context.server.answer('account.list', () => ({ accounts: [] }));
  await client.call('account.list', {});
};

describe('a board', () => {
  test('loads a snapshot', async () => {
    const script = new Script();
    context.server.answer('board.subscribe', script.answer);
    const client = context.client();
    const board = client.watchBoard(filter);
    const told: string[] = [];
    for (const event of ['reset', 'facilities', 'status'] as const) board.on(event, () => told.push(event));
    expect(board.status).toBe('loading');
    await client.connect();
    await board.ready;
    expect(told).toEqual(['facilities', 'reset', 'status']);
    expect(board).toMatchObject({
      status: 'live',
      epoch: 'a',
      offset: 10,
      from: '2026-11-24',
      facilities: [lucioles],
    });
    expect(board.cell('lucioles', '2026-11-25', 'matin', 'moyens')).toEqual(cellOf(3));
    expect(board.cell('lucioles', '2026-11-26', 'matin', 'moyens')).toBeUndefined();
    expect(subscribes()[0]?.params).toEqual({ territory: 'plaine', from: '2026-11-24', days: 7 });
  });

  test('applies a delta, and tells what was there before', async () => {
    const { script, client, board } = await watching();
    const seen = changes(board);
    script.delta(context.server.connection, 10, 12, [cellOf(5), cellOf(1, { section: 'grands' })]);
    await settled(client);
    expect(board.offset).toBe(12);
    expect(seen).toEqual([
      { cell: cellOf(5), previous: cellOf(3) },
      { cell: cellOf(1, { section: 'grands' }), previous: undefined },
    ]);
  });

  test('understands several notifications in one frame', async () => {
    const { script, client, board } = await watching();
    const subscription = script.answer(filter).subscription;
    const delta = (from: number, version: number) => ({
      jsonrpc: '2.0',
      method: 'board.delta',
      params: { subscription, epoch: 'a', from, offset: from + 1, cells: [cellOf(version)] },
    });
    context.server.connection.send([delta(10, 4), delta(11, 5)]);
    await settled(client);
    expect(board.offset).toBe(12);
    expect([...board.cells.values()]).toEqual([cellOf(5)]);
  });

  test('applies a delta that reaches back, but no version that is old', async () => {
    const { script, client, board } = await watching();
    const seen = changes(board);
    script.delta(context.server.connection, 7, 11, [cellOf(2), cellOf(3), cellOf(1, { section: 'grands' })]);
    await settled(client);
    expect(board.offset).toBe(11);
    expect(seen.map(({ cell }) => cell.section)).toEqual(['grands']);
  });

  test('drops what it knows already', async () => {
    const { script, client, board } = await watching();
    script.delta(context.server.connection, 8, 10, [cellOf(9)]);
    await settled(client);
    expect([...board.cells.values()]).toEqual([cellOf(3)]);
    expect(subscribes().length).toBe(1);
  });

  test('subscribes again at a gap, from where it was', async () => {
    const { script, client, board } = await watching();
    const seen = changes(board);
    Object.assign(script, { offset: 14, recovered: true, cells: [cellOf(6)] });
    const { connection } = context.server;
    connection.together(() => {
      script.delta(connection, 12, 13, [cellOf(5)]);
      script.delta(connection, 13, 14, [cellOf(6)]);
    });
    await settled(client);
    expect(subscribes().map(({ params }) => params.since)).toEqual([undefined, { epoch: 'a', offset: 10 }]);
    expect(seen).toEqual([{ cell: cellOf(6), previous: cellOf(3) }]);
    expect(board).toMatchObject({ status: 'live', offset: 14 });
  });

  test('takes what comes right behind the reply', async () => {
    const script = new Script();
    context.server.answer('board.subscribe', (params, connection) => {
      const { epoch, offset, ...reply } = script.answer(params);
      queueMicrotask(() => script.delta(connection, 10, 11, [cellOf(4)]));
      return { epoch, offset, ...reply };
    });
    const client = context.client();
    await client.connect();
    const board = client.watchBoard(filter);
    await settled(client);
    await waitFor(() => expect(board.offset).toBe(11));
    expect(subscribes().length).toBe(1);
  });

  test('says where its state comes from', async () => {
    const { script, board } = await watching();
    expect(board).toMatchObject({ recovered: false, source: 'snapshot' });
    Object.assign(script, { recovered: true });
    context.server.cut();
    await waitFor(() => expect(board).toMatchObject({ status: 'live', recovered: true, source: 'memory' }));
  });

  test('takes another epoch as a snapshot, whose versions begin anew', async () => {
    const { script, client, board } = await watching();
    let resets = 0;
    board.on('reset', () => resets++);
    Object.assign(script, { epoch: 'b', offset: 2, cells: [cellOf(1)] });
    script.delta(context.server.connection, 1, 2, [cellOf(1)]);
    await settled(client);
    expect(resets).toBe(1);
    expect(board).toMatchObject({ epoch: 'b', offset: 2 });
    expect([...board.cells.values()]).toEqual([cellOf(1)]);
  });

  test('keeps what is newer than a snapshot of its epoch', async () => {
    const { script, client, board } = await watching();
    script.delta(context.server.connection, 10, 12, [cellOf(5), cellOf(1, { section: 'grands' })]);
    await settled(client);
    Object.assign(script, { offset: 11, cells: [cellOf(4)] });
    const subscription = script.answer(filter).subscription;
    context.server.connection.notify('board.reset', { subscription, reason: 'log' });
    await settled(client);
    expect(board.offset).toBe(11);
    expect([...board.cells.values()].map(({ version }) => version)).toEqual([5, 1]);
  });

  test('takes a new list of facilities', async () => {
    const { script, client, board } = await watching();
    const closed = { ...lucioles, closures: [{ from: '2026-12-24', to: '2026-12-31', reason: 'Noël' }] };
    const subscription = script.answer(filter).subscription;
    context.server.connection.notify('board.facilities', { subscription, facilities: [closed] });
    await settled(client);
    expect(board.facilities).toEqual([closed]);
  });

  test('does not heed the notifications of others', async () => {
    const { client, board } = await watching();
    const delta = { subscription: 'other', epoch: 'z', from: 90, offset: 91, cells: [cellOf(9)] };
    context.server.connection.notify('board.delta', delta);
    await settled(client);
    expect(board.offset).toBe(10);
    expect(subscribes().length).toBe(1);
  });
});

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

describe('closing', () => {
  test('a board ends its subscription', async () => {
    const { script, client, board } = await watching();
    board.close();
    await settled(client);
    expect(board.status).toBe('closed');
    const { subscription } = script.answer(filter);
    expect(context.server.calls('board.unsubscribe').map(({ params }) => params)).toEqual([{ subscription }]);
  });

  test('one of two boards with the same filter leaves the other its subscription', async () => {
    const { client, board } = await watching({ ...filter, facilities: ['b', 'a'] });
    const twin = client.watchBoard({ facilities: ['a', 'b'], ...filter });
    await twin.ready;
    board.close();
    await settled(client);
    expect(context.server.calls('board.unsubscribe')).toEqual([]);
    twin.close();
    await settled(client);
    expect(context.server.calls('board.unsubscribe').length).toBe(1);
  });

  describe('while it subscribes anew leaves nothing at the server', () => {
    /** What is subscribed at the server and what was given back, in order, without repeats of the latter. */
    const left = () => {
      const open = new Set<unknown>();
      for (const { method, params, id } of context.server.received) {
        if (method === 'board.subscribe' && answered.has(id)) open.add(answered.get(id));
        if (method === 'board.unsubscribe') open.delete(params.subscription);
      }
      return [...open];
    };
    const answered = new Map<number, string>();

    function answering(script: Script, onAsked = () => {}) {
      answered.clear();
      context.server.answer('board.subscribe', (params) => {
        onAsked();
        const reply = script.answer(params);
        answered.set(context.server.received.at(-1)!.id, reply.subscription);
        return reply;
      });
    }

    test('before the reply', async () => {
      const script = new Script();
      context.server.answer('board.unsubscribe', () => ({}));
      const client = context.client();
      await client.connect();
      const board = client.watchBoard(filter);
      answering(script, () => board.close());
      await expect(board.ready).rejects.toThrow('closed');
      await settled(client);
      await settled(client);
      expect(subscribes().length).toBe(1);
      expect(left()).toEqual([]);
    });

    test('after a refusal for a time, and it does not try again', async () => {
      const script = new Script();
      answering(script);
      context.server.answer('board.unsubscribe', () => ({}));
      const client = context.client({ random: () => 0.4 });
      await client.connect();
      const board = client.watchBoard(filter);
      await board.ready;
      context.server.answer('board.subscribe', () => {
        throw new Refusal('rate_limited', { temporary: true });
      });
      script.delta(context.server.connection, 90, 91, []); // a gap: it subscribes anew
      await waitFor(() => expect(subscribes().length).toBe(2));
      await settled(client);
      board.close();
      await new Promise((resolve) => setTimeout(resolve, 300));
      await settled(client);
      expect(subscribes().length).toBe(2);
      expect(left()).toEqual([]);
    });

    test('while it waits for a connection: it is not asked for any more', async () => {
      const { client, board } = await watching();
      board.once('status', () => board.close()); // that it is stale
      context.server.cut();
      await waitFor(() => expect(board.status).toBe('closed'));
      await waitFor(() => expect(client.state).toBe('online'));
      await settled(client);
      expect(subscribes().length).toBe(1);
    });
  });

  test('the client closes its boards', async () => {
    const { client, board } = await watching();
    client.close();
    expect(board.status).toBe('closed');
  });
});

describe('a dump', () => {
  const dumped = async (more: object = {}) => {
    const { client, board } = await watching({ ...filter, ...more });
    const dump = JSON.parse(JSON.stringify(board.dump()));
    client.close();
    return dump as BoardDump;
  };

  test('is what is known, until when it was true, and of which filter', async () => {
    const { client, board } = await watching();
    expect(board.dump()).toEqual({
      format: 1,
      filter,
      epoch: 'a',
      offset: 10,
      asOf: board.dump()!.asOf,
      facilities: [lucioles],
      cells: [cellOf(3)],
    });
    expect(Math.abs(Date.parse(board.dump()!.asOf) - client.serverNow())).toBeLessThan(1000);
    expect(client.watchBoard({ ...filter, days: 1 }).dump()).toBeUndefined();
  });

  test('is shown before there is a connection, with its age', async () => {
    const dump = await dumped();
    const board = context.client().watchBoard(filter, { ...dump, asOf: '2026-11-24T07:52:00Z' });
    await board.ready;
    expect(board).toMatchObject({ status: 'stale', source: 'dump', asOf: '2026-11-24T07:52:00Z', from: filter.from });
    expect(board).toMatchObject({ facilities: [lucioles], cells: new Map([[cellKey(cellOf(3)), cellOf(3)]]) });
    expect(board.dump()?.asOf).toBe('2026-11-24T07:52:00Z');
  });

  test('is gone on from: only what has changed is asked for', async () => {
    const dump = await dumped();
    const script = Object.assign(new Script(), { recovered: true, offset: 12, cells: [cellOf(5)] });
    context.server.answer('board.subscribe', script.answer);
    const client = context.client();
    const board = client.watchBoard(filter, dump);
    const seen = changes(board);
    await client.connect();
    await waitFor(() => expect(board).toMatchObject({ status: 'live', source: 'memory', offset: 12 }));
    expect(subscribes().at(-1)?.params.since).toEqual({ epoch: 'a', offset: 10 });
    expect(seen).toEqual([{ cell: cellOf(5), previous: cellOf(3) }]);
  });

  test('of yesterday is shown until the window of today is there', async () => {
    const dump = await dumped({ days: 2 });
    context.server.now = () => Date.parse('2026-11-25T08:00:00Z');
    const script = Object.assign(new Script(), { offset: 11, cells: [cellOf(4)] });
    context.server.answer('board.subscribe', script.answer);
    const client = context.client({ now: context.server.now });
    const board = client.watchBoard({ territory: 'plaine', days: 2 }, dump);
    expect(board).toMatchObject({ status: 'stale', from: '2026-11-24' });
    await client.connect();
    await waitFor(() => expect(board).toMatchObject({ status: 'live', from: '2026-11-25' }));
    expect(subscribes().at(-1)?.params.since).toBeUndefined();
    expect([...board.cells.values()]).toEqual([cellOf(4)]);
  });

  test.each([
    ['another territory', { territory: 'auxonne' }],
    ['other facilities', { facilities: ['lucioles'] }],
    ['another length', { days: 3 }],
    ['another first day', { from: '2026-11-23' }],
    ['another format', {}, 2],
  ])('of %s is not taken', async (_, more, format = 1) => {
    const dump = await dumped();
    const board = context.client().watchBoard({ ...filter, ...more }, { ...dump, format: format as 1 });
    expect(board).toMatchObject({ status: 'loading', source: undefined, cells: new Map() });
  });
});

describe("at the territory's midnight", () => {
  const eve = Date.parse('2026-11-24T22:59:59.960Z');
  const midnight = Date.parse('2026-11-24T23:00:00Z'); // in Paris

  /** A client whose clock, like the server's, stands still until it is set. */
  async function at(instant: number, random = 0) {
    const script = new Script();
    const clock = { now: instant };
    context.server.now = () => clock.now;
    context.server.answer('board.subscribe', script.answer);
    context.server.answer('board.unsubscribe', () => ({}));
    const client = context.client({ now: () => clock.now, random: () => random });
    await client.connect();
    return { script, clock, client };
  }

  test('the window moves: the old one is left, that there is room for the new one', async () => {
    const { script, clock, client } = await at(eve);
    script.cells = [cellOf(3, { date: '2026-11-24' }), cellOf(3)];
    const board = client.watchBoard({ territory: 'plaine', days: 2 });
    await board.ready;
    expect(board.from).toBe('2026-11-24');
    clock.now = midnight;
    Object.assign(script, { offset: 11, cells: [cellOf(4), cellOf(1, { date: '2026-11-26' })] });
    await waitFor(() => expect(board.from).toBe('2026-11-25'));
    await settled(client);
    expect(board.offset).toBe(11);
    expect([...board.cells.values()].map(({ date, version }) => [date, version])).toEqual([
      ['2026-11-25', 4],
      ['2026-11-26', 1],
    ]);
    const moves = context.server.received.filter(({ method }) => method.startsWith('board.'));
    expect(moves.map(({ method, params }) => [method, params.from, params.since])).toEqual([
      ['board.subscribe', '2026-11-24', undefined],
      ['board.unsubscribe', undefined, undefined],
      ['board.subscribe', '2026-11-25', undefined],
    ]);
  });

  test('that passes while a reply is awaited, the window moves as soon as it is there', async () => {
    const { script, clock, client } = await at(eve);
    context.server.answer('board.subscribe', (params) => {
      clock.now = midnight;
      return script.answer(params);
    });
    const board = client.watchBoard({ territory: 'plaine', days: 1 });
    await waitFor(() => expect(board.from).toBe('2026-11-25'));
    expect(subscribes().map(({ params }) => params.from)).toEqual(['2026-11-24', '2026-11-25']);
  });

  test('after a cut over midnight, the new window is a snapshot', async () => {
    const { clock, client } = await at(eve - 3_600_000);
    const board = client.watchBoard({ territory: 'plaine', days: 1 });
    await board.ready;
    clock.now = midnight;
    context.server.cut();
    await waitFor(() => expect(board.from).toBe('2026-11-25'));
    expect(subscribes().map(({ params }) => params.since)).toEqual([undefined, undefined]);
  });

  test('everybody waits for a time of its own, within a minute', async () => {
    const waits = vi.spyOn(globalThis, 'setTimeout');
    const { client } = await at(eve, 0.5);
    await client.watchBoard({ territory: 'plaine', days: 1 }).ready;
    expect(waits.mock.calls.map(([, ms]) => ms)).toContain(30_040);
    waits.mockRestore();
  });

  test('a fixed window stays', async () => {
    const { board } = await watching({ ...filter, from: '2026-11-01' });
    expect(board.from).toBe('2026-11-01');
  });
});
