import { PlacetteProblem, cellKey, type LiveBoard } from '@placette/client';
import { beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open, read } from './support/cells.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, managed, office, periods, sections, territory } from './support/demo.js';
import { openLine } from './support/line.js';
import { byName } from './support/mirror.js';
import { Random } from './support/random.js';
import { key, Rpc } from './support/rpc.js';
import { until, within } from './support/until.js';

const line = openLine();
let boss: Rpc;
const random = new Random();

beforeAll(async () => {
  boss = await Rpc.connect(line.server, { token: line.tokens.manager });
});

const board = { territory, from: openDay(1), days: 14 };
const adjust = (by = 1) => ({
  facility: random.pick(managed),
  cells: [{ date: openDay(1 + random.below(9)), period: random.pick(periods), section: random.pick(sections), by }],
});

async function showsTheTruth(live: LiveBoard, of = board): Promise<void> {
  const reader = await Rpc.connect(line.server, { token: line.tokens.manager });
  await until('the live board shows the truth', async () => {
    const truth = await reader.call('board.get', of);
    return JSON.stringify(byName([...live.cells.values()])) === JSON.stringify(byName(truth.cells));
  });
  reader.cut();
}

describe('a client', () => {
  it('connects, signs in and calls, with keys of its own', async () => {
    const placette = line.client({ token: line.tokens.manager });
    const hello = await placette.connect();
    expect(hello.user?.id).toBe(accounts.manager);
    expect(placette.state).toBe('online');
    const { cells } = await placette.call('availability.adjust', adjust());
    expect(cells).toHaveLength(1);
    expect(Math.abs(placette.serverNow() - Date.now())).toBeLessThan(5_000);
  });

  it('throws problems that can be shown', async () => {
    const placette = line.client();
    await placette.connect();
    const error = await placette.call('availability.adjust', adjust()).catch((problem: unknown) => problem);
    expect(error).toBeInstanceOf(PlacetteProblem);
    const title = 'Votre compte ne permet pas cette action';
    expect(error).toMatchObject({ type: 'forbidden', temporary: false, title });
  });

  it('does not come back with a token that is not taken', async () => {
    const placette = line.client({ token: 'wrong' });
    await expect(placette.connect()).rejects.toBeInstanceOf(PlacetteProblem);
    expect(placette.state).toBe('closed');
  });

  describe('repeats a call over a cut line, with one effect', () => {
    /** Makes ten calls, each over a line that is cut; what each was answered. */
    async function tenCalls(cut: (isDone: () => Promise<unknown>) => Promise<unknown> | void) {
      const placette = line.client({ token: line.tokens.manager });
      await placette.connect();
      const slot = freshSlot();
      const { facility, date, period, section } = slot;
      let { version } = await open(boss, slot, 0);
      const answers = [];
      for (let n = 1; n <= 10; n++) {
        const calling = placette.call('availability.adjust', { facility, cells: [{ date, period, section, by: 1 }] });
        await cut(() => until('the server has done it', async () => (await read(boss, slot))?.open === n));
        line.proxy.cut();
        line.proxy.mend();
        const answer = await calling;
        answers.push(answer);
        expect(answer.cells[0]).toMatchObject({ open: n, version: ++version });
      }
      return answers;
    }

    it('that is cut before the server has it, or while it has', async () => {
      await tenCalls(() => {});
    });

    it('that is cut before the answer is there: the repeat is answered as what was done', async () => {
      const answers = await tenCalls(async (isDone) => {
        line.proxy.swallowReplies();
        await isDone();
      });
      expect(answers.map(({ replayed }) => replayed)).toEqual(Array(10).fill(true));
    });
  });
});

describe('a live board', () => {
  it('shows the truth through cuts', async () => {
    const placette = line.client();
    await placette.connect();
    const live = placette.watchBoard(board);
    await live.ready;
    const changes: string[] = [];
    live.on('change', (all) => all.forEach(({ cell }) => changes.push(cellKey(cell))));
    for (let n = 0; n < 200; n++) {
      await boss
        .call('availability.adjust', { ...adjust(random.pick([1, 1, -1])), key: key(), force: true })
        .catch(() => {});
      if (n % 40 === 20) {
        line.proxy.cut();
        await until('the client notices', () => live.status !== 'live');
        line.proxy.mend();
      }
    }
    await until('it is live again', () => live.status === 'live');
    await showsTheTruth(live);
    expect(changes.length).toBeGreaterThan(0);
    expect(live.facilities.map(({ id }) => id)).toContain(lucioles);
  });
});

describe('live bookings', () => {
  it('tell the office what the facility does', async () => {
    const placette = line.client();
    await placette.connect();
    const live = placette.watchBookings({ office });
    await live.ready;
    const slot = freshSlot();
    await open(boss, slot, 1);
    const { booking } = await placette.call('booking.create', wish(slot));
    await until('it is there', () => live.bookings.get(booking.id)?.state === 'confirmed');
    line.proxy.cut();
    await boss.call('booking.acknowledge', { booking: booking.id, key: key() });
    line.proxy.mend();
    await until('it is seen', () => live.bookings.get(booking.id)?.seenAt);
  });
});

describe('a server that goes', () => {
  it('is found again, and calls made meanwhile have one effect', async () => {
    const placette = line.client({ token: line.tokens.manager });
    await placette.connect();
    const wide = { ...board, days: 31 };
    const live = placette.watchBoard(wide);
    await live.ready;
    const slot = freshSlot();
    const { facility, date, period, section } = slot;
    await open(boss, slot, 0);
    const calls = Array.from({ length: 20 }, () =>
      placette.call('availability.adjust', { facility, cells: [{ date, period, section, by: 1 }] }),
    );
    await line.server.kill();
    line.server = await line.server.again();
    boss = await Rpc.connect(line.server, { token: line.tokens.manager });
    await Promise.all(calls);
    await until('it is live again', () => live.status === 'live');
    await showsTheTruth(live, wide);
    expect(live.cell(facility, date, period, section)?.open).toBe(20);
  });

  it('drains: says so, closes with 4001, ends with 0 within ten seconds', async () => {
    const token = line.tokens.manager;
    const raw = await Rpc.connect(line.server, { token });
    const silent = await Rpc.connect(line.server, { token });
    await silent.call('board.subscribe', board);
    silent.socket.pause(); // reads nothing: must not hold the server up
    const placette = line.client({ token });
    await placette.connect();

    const { ended } = line.server.process;
    line.server.process.signal('SIGTERM');
    const { reconnectAfterMs } = await raw.notified('server.draining');
    expect(reconnectAfterMs).toBeGreaterThanOrEqual(0);
    expect((await within('it closes', raw.closed)).code).toBe(4001);
    expect(await within('the server ends', ended, 10_000)).toMatchObject({ code: 0 });
    silent.cut();

    line.server = await line.server.again();
    boss = await Rpc.connect(line.server, { token });
    await until('the client is back', () => placette.state === 'online', 30_000);
  });
});
