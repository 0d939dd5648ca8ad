// What a board knows, and what it tells, as frames come in.
import { describe, expect, test } from 'vitest';
import { changes, filter, lucioles, Script, withBoard } from './scripted-board.js';
import { cellOf } from './scripted-server.js';
import { waitFor } from './setup.js';

const { context, watching, subscribes, settled } = withBoard();

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
