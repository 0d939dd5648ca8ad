import { describe, expect, it } from 'vitest';
import { freshSlot, open, read } from './support/cells.js';
import { openDay } from './support/days.js';
import { territory } from './support/demo.js';
import { openLine } from './support/line.js';
import { Rpc } from './support/rpc.js';
import { until } from './support/until.js';

const line = openLine();
const board = { territory, from: openDay(1), days: 14 };
const slow = { bytesPerSecond: 40_000, delayMs: 200 };

describe('over a slow link', () => {
  it('what is large and comes over the socket is waited for: the line is not cut under it', async () => {
    line.proxy.slowDown(slow);
    const states: string[] = [];
    const placette = line.client({ fetch: false, timing: { reply: 1_000, call: 2_000 } });
    placette.on('state', (state) => states.push(state));
    await placette.connect();
    await placette.watchBoard(board).ready;
    // It was too late for the patience of the first attempt, and of nobody else.
    expect(states.filter((state) => state === 'waiting').length).toBeLessThanOrEqual(3);
  });
});

it('a line that carries nothing more is given up, and what was asked over it is asked again', async () => {
  const placette = line.client({ token: line.tokens.manager, timing: { reply: 300, heartbeat: 500 } });
  await placette.connect();
  const live = placette.watchBoard(board);
  await live.ready;
  const slot = freshSlot();
  const boss = await Rpc.connect(line.server, { token: line.tokens.manager });
  await open(boss, slot, 0);
  line.proxy.stall();
  await until('the client notices by itself', () => live.status === 'stale');
  const { facility, date, period, section } = slot;
  const calling = placette.call('availability.adjust', { facility, cells: [{ date, period, section, by: 1 }] });
  line.proxy.cut();
  line.proxy.mend();
  expect((await calling).cells[0]).toMatchObject({ open: 1 });
  expect(await read(boss, slot)).toMatchObject({ open: 1 });
  await until('the board is live again', () => live.status === 'live');
  boss.cut();
});
