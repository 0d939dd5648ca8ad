// A board as a device has seen it last: shown before there is a connection, and gone on from.
import { describe, expect, test } from 'vitest';
import { cellKey, type BoardDump } from '../src/index.js';
import { changes, filter, lucioles, Script, withBoard } from './scripted-board.js';
import { cellOf } from './scripted-server.js';
import { waitFor } from './setup.js';

const { context, watching, subscribes } = withBoard();

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
