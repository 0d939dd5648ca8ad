// The window of a board moves with the territory's day.
import { describe, expect, test, vi } from 'vitest';
import { filter, Script, withBoard } from './scripted-board.js';
import { cellOf } from './scripted-server.js';
import { waitFor } from './setup.js';

const { context, watching, subscribes, settled } = withBoard();

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
