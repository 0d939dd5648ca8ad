import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { createToken } from './support/command.js';
import { openDay, plusDays } from './support/days.js';
import { accounts, lucioles, managed, moulin, periods, ribambelle, sections, territory } from './support/demo.js';
import { type Filter, Follower } from './support/follower.js';
import { sameBoard } from './support/mirror.js';
import { Random } from './support/random.js';
import { key, Refusal, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let token: string;
let writer: Rpc;
let booker: Rpc;
const random = new Random();

beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
  writer = await Rpc.connect(server, { token });
  booker = await Rpc.connect(server, { token: await createToken(server, accounts.worker) });
});
afterAll(() => server.remove());

const from = openDay(1);
const whole: Filter = { territory, from, days: 14 };
const date = () => openDay(1 + random.below(9));
const slot = () => ({
  facility: random.pick(managed),
  date: date(),
  period: random.pick(periods),
  section: random.pick(sections),
});

/** Something that changes the board, mostly; refusals belong to it. */
async function change(): Promise<void> {
  const { facility, ...cell } = slot();
  const kind = random.below(10);
  try {
    if (kind < 5) {
      const by = random.pick([1, 1, -1]);
      await writer.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by }], force: true });
    } else if (kind < 6) {
      const cells = sections.map((section) => ({ ...cell, section, open: random.below(6) }));
      await writer.call('availability.set', { facility, key: key(), cells, force: true });
    } else if (kind < 7) {
      await writer.call('availability.confirm', { facility, key: key(), from: cell.date, to: cell.date });
    } else {
      const { booking } = await booker.call('booking.hold', wish({ facility, ...cell }));
      if (kind === 9) await booker.call('booking.release', { booking: booking.id, key: key() });
    }
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

const isTrue = async (watcher: Follower): Promise<boolean> =>
  sameBoard(watcher.mirror, await writer.call('board.get', watcher.filter));

const endsAtTheTruth = (name: string, watcher: Follower) =>
  until(`the ${name} watcher shows the truth`, () => isTrue(watcher), 15_000);

describe('watchers of a stream of changes', () => {
  const changes = 600;
  const filters: Record<string, Filter> = {
    whole,
    twin: whole,
    facility: { ...whole, facilities: [lucioles] },
    pair: { ...whole, facilities: [moulin, ribambelle] },
    window: { ...whole, from: plusDays(from, 3), days: 4 },
    day: { ...whole, days: 1, facilities: [moulin] },
    slow: whole,
    cut: whole,
    'cut and filtered': { ...whole, facilities: [ribambelle] },
  };

  it(`miss nothing, see versions only grow, and end at the truth (seed ${random.seed})`, async () => {
    const watchers = new Map(
      Object.entries(filters).map(([name, filter]) => [name, new Follower(server, token, filter)]),
    );
    const named = (name: string) => watchers.get(name)!;
    await Promise.all([...watchers.values()].map(({ ready }) => ready));

    for (let n = 0; n < changes; n++) {
      await change();
      if (random.below(15) === 0) named('cut').cut();
      if (random.below(20) === 0) named('cut and filtered').cut();
      if (random.below(10) === 0) {
        const { socket } = named('slow').rpc!;
        if (socket.isPaused) socket.resume();
        else socket.pause();
      }
    }
    named('slow').rpc!.socket.resume();

    for (const [name, watcher] of watchers) {
      await endsAtTheTruth(name, watcher);
      expect({ name, faults: watcher.mirror.faults, gaps: watcher.gaps }).toEqual({ name, faults: [], gaps: 0 });
    }
    expect(named('cut').connections).toBeGreaterThan(10);
    expect(named('cut').recoveries).toBeGreaterThan(10);
    expect(named('whole').connections).toBe(1);
    expect(named('twin').subscription).toBe(named('whole').subscription);
    expect(new Set([...watchers.values()].map(({ subscription }) => subscription)).size).toBe(6);
    await Promise.all([...watchers.values()].map((watcher) => watcher.stop()));
  });
});

describe('since', () => {
  const subscribe = async (since: { epoch: string; offset: number }) => {
    const rpc = await Rpc.connect(server, { token });
    const reply = await rpc.call('board.subscribe', { ...whole, since });
    rpc.cut();
    return reply;
  };

  it('recovers exactly what changed', async () => {
    const { epoch, offset } = await writer.call('board.get', whole);
    const nothing = await subscribe({ epoch, offset });
    expect(nothing).toMatchObject({ recovered: true, source: 'memory', cells: [], offset });
    const cell = { date: openDay(1), period: 'matin', section: 'moyens' };
    for (let n = 0; n < 3; n++) {
      await writer.call('availability.adjust', { facility: moulin, key: key(), cells: [{ ...cell, by: 1 }] });
    }
    await writer.call('board.get', whole); // its own changes are on the board: now others see them too
    const some = await subscribe({ epoch, offset });
    expect(some).toMatchObject({ recovered: true, epoch, offset: offset + 3 });
    expect(some.cells).toHaveLength(1);
    expect(some.cells[0]).toMatchObject({ facility: moulin, ...cell });
  });

  it('of another epoch or above the head gets a snapshot', async () => {
    const { epoch, offset, cells } = await writer.call('board.get', whole);
    for (const since of [
      { epoch: 'another', offset },
      { epoch, offset: offset + 1000 },
    ]) {
      const reply = await subscribe(since);
      expect(reply).toMatchObject({ recovered: false, source: 'snapshot' });
      expect(reply.cells).toHaveLength(cells.length);
    }
  });
});

describe('availability', () => {
  it('is seen by all once, with its version raised by one', async () => {
    const watcher = new Follower(server, token, whole);
    await watcher.ready;
    const cell = { date: openDay(2), period: 'matin', section: 'grands' };
    const before = watcher.mirror.cell({ facility: moulin, ...cell })!;
    const { cells, offset } = await writer.call('availability.adjust', {
      facility: moulin,
      key: key(),
      cells: [{ ...cell, by: 2 }],
    });
    expect(cells[0]).toMatchObject({ open: before.open + 2, version: before.version + 1 });
    await until('the delta comes', () => watcher.mirror.offset >= offset);
    expect(watcher.mirror.cell({ facility: moulin, ...cell })).toEqual(cells[0]);
    await watcher.stop();
  });

  it('is all or none', async () => {
    const cell = { date: openDay(2), period: 'matin', section: 'grands' };
    const get = () => writer.call('board.get', { ...whole, facilities: [moulin] });
    const before = await get();
    const cells = [
      { ...cell, open: 9 },
      { ...cell, section: 'moyens', open: 9, expectedVersion: 100_000 },
    ];
    const refusal = await writer.refused('availability.set', { facility: moulin, key: key(), cells });
    expect(refusal.problem).toBe('version_conflict');
    expect((await get()).cells).toEqual(before.cells);
  });

  it('is confirmed as it stands', async () => {
    const day = openDay(3);
    const get = async () =>
      (await writer.call('board.get', { territory, from: day, days: 1, facilities: [moulin] })).cells;
    const before = await get();
    const confirmation = { facility: moulin, key: key(), from: day, to: day };
    const { count, confirmedAt } = await writer.call('availability.confirm', confirmation);
    expect(count).toBe(before.length);
    for (const cell of await get()) {
      const old = before.find(({ period, section }) => period === cell.period && section === cell.section)!;
      expect(cell).toEqual({ ...old, confirmedAt, staleAt: cell.staleAt, version: old.version + 1 });
      expect(Date.parse(cell.staleAt!)).toBeGreaterThan(Date.parse(confirmedAt));
    }
  });
});

describe('facilities', () => {
  it('are told anew when one changes', async () => {
    const administrator = await Rpc.connect(server, { token: await createToken(server, accounts.admin) });
    const watcher = await Rpc.connect(server, { token });
    const { facilities } = await watcher.call('board.subscribe', { ...whole, facilities: [moulin] });
    const [facility] = facilities;
    const phone = '03 53 01 00 98';
    await administrator.call('facility.upsert', { territory, key: key(), facility: { ...facility!, phone } });
    const anew = await watcher.notified('board.facilities');
    expect(anew.facilities).toEqual([{ ...facility, phone }]);
    for (const rpc of [administrator, watcher]) rpc.cut();
  });
});
