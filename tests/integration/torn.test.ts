import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking, Cell } from '../../client-js/sdk/src/generated/messages.js';
import { appendOnlyFile, cutAt, cutTails, sizeOf } from './support/append_only.js';
import { caseRef, wish } from './support/bookings.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, managed, office, periods, sections, territory } from './support/demo.js';
import { recounted } from './support/ledger.js';
import { nameOf } from './support/mirror.js';
import { whenGone } from './support/processes.js';
import { Random } from './support/random.js';
import { key, type Method, type Params, Refusal } from './support/rpc.js';
import { Server } from './support/server.js';
import { slowness } from './support/settings.js';
import { Stubborn } from './support/stubborn.js';
import { until } from './support/until.js';

// `./dev chaos` does much more of it.
const cuts = Number(process.env.PLACETTE_TEST_CUTS ?? 3);
const tears = Number(process.env.PLACETTE_TEST_TEARS ?? 0);
const leastKills = Number(process.env.PLACETTE_TEST_KILLS ?? 4);
const random = new Random();

const perDay = periods.flatMap((period) => sections.map((section) => ({ period, section })));
const largeDays = 67; // 402 cells

/** The cells of one large set: of days that nothing else touches. */
const largeSet = (open: number, firstDay: number) =>
  Array.from({ length: largeDays }, (_, n) => openDay(firstDay + n))
    .flatMap((date) => perDay.map((cell) => ({ date, ...cell, open })))
    .slice(0, 400);

class Crashing {
  server!: Server;
  manager!: Stubborn;
  worker!: Stubborn;
  starts = 0;

  async begin(): Promise<void> {
    this.server = await Server.start();
    this.manager = new Stubborn(this.server, await createToken(this.server, accounts.manager));
    this.worker = new Stubborn(this.server, await createToken(this.server, accounts.worker));
  }

  get file(): string {
    return appendOnlyFile(this.server.dataDir);
  }

  /** The server first: it would start its Redis again. */
  async killAll(): Promise<void> {
    const redis = this.server.redisPids();
    await this.server.kill();
    redis.forEach((pid) => process.kill(pid, 'SIGKILL'));
    await Promise.all(redis.map(whenGone));
  }

  async startAgain(): Promise<void> {
    this.server = await this.server.again();
    this.starts++;
  }

  async end(): Promise<void> {
    this.manager.close();
    this.worker.close();
    await this.server.remove();
  }

  async cells(from: string, facility: string): Promise<Cell[]> {
    return (await this.manager.call('board.get', { territory, from, days: 31, facilities: [facility] })).cells;
  }

  async bookings(): Promise<Booking[]> {
    const all: Booking[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.worker.call('booking.list', { office, ...(cursor && { cursor }) });
      all.push(...page.bookings);
      cursor = page.cursor;
    } while (cursor);
    return all;
  }
}

/** A call that was acknowledged when the file had that size, so that it is in the file up to there. */
interface Done {
  size: number;
  again: () => Promise<{ replayed?: boolean | undefined }>;
  /** The call that is repeated with its key until it is answered must have exactly one of these. */
  booking?: string;
  counted?: string;
  large?: number;
}

describe(`a file that was cut anywhere, ${cuts} times (seed ${random.seed})`, () => {
  const crashing = new Crashing();
  const done: Done[] = [];
  const figures = { cuts, tornChanges: 0, bytesCut: 0, starts: 0, acknowledged: 0, beyondTheCut: 0, repeatedAnew: 0 };
  let large = 0;

  beforeAll(() => crashing.begin());
  afterAll(() => crashing.end());

  const [countDay, largeFrom, bookingDay] = [12, 30, 30 + largeDays];
  const dayOf = (round: number) => openDay(bookingDay + (round % 20));

  async function note<M extends Method>(who: Stubborn, method: M, params: Params<M>, of: Partial<Done>): Promise<void> {
    const again = () => who.call(method, params) as Promise<{ replayed?: boolean }>;
    try {
      await again();
      done.push({ ...of, again, size: sizeOf(crashing.file) });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error; // refused for good: no effect
    }
  }

  const adjust = () => {
    const cell = { date: openDay(countDay), ...random.pick(perDay) };
    const of = { counted: nameOf({ facility: lucioles, ...cell }) };
    return note(
      crashing.manager,
      'availability.adjust',
      { facility: lucioles, key: key(), force: true, cells: [{ ...cell, by: 1 }] },
      of,
    );
  };
  const setAll = () => {
    const of = { large: ++large };
    const params = { facility: lucioles, key: key(), force: true, cells: largeSet(large, largeFrom) };
    return note(crashing.manager, 'availability.set', params, of);
  };
  const book = (round: number) => {
    const ref = caseRef();
    const date = dayOf(round);
    const child = { ageMonths: 19, walker: true };
    const params = wish(
      { facility: lucioles, date, period: 'matin', section: 'moyens' },
      { caseRef: ref, places: periods.map((period) => ({ date, period })), children: [child, child] },
    );
    return note(crashing.worker, 'booking.create', params, { booking: ref });
  };
  const openPlaces = (round: number) =>
    crashing.manager.call('availability.adjust', {
      facility: lucioles,
      key: key(),
      force: true,
      cells: periods.map((period) => ({ date: dayOf(round), period, section: 'moyens', by: 5 })),
    });

  /** More is wanted than is open; all at the same time. */
  const work = (round: number) =>
    Promise.all([setAll(), ...Array.from({ length: 4 }, adjust), ...Array.from({ length: 4 }, () => book(round))]);

  async function invariants(): Promise<void> {
    const bookings = await crashing.bookings();
    const counts = recounted(bookings);
    const cells = [
      ...(await crashing.cells(openDay(countDay), lucioles)),
      ...(await crashing.cells(openDay(bookingDay), lucioles)),
    ];
    for (const cell of cells) {
      const { open, vip, other, held } = cell;
      expect(Math.min(open, vip!, other!, held), nameOf(cell)).toBeGreaterThanOrEqual(0);
      expect(vip! + other!, `${nameOf(cell)} has ${open}`).toBeLessThanOrEqual(open);
      expect({ vip, other, held }, nameOf(cell)).toEqual(counts.get(nameOf(cell)) ?? { vip: 0, other: 0, held: 0 });
    }
    // Four places or none; a large set whole or not at all.
    for (const { places } of bookings) expect(places).toHaveLength(4);
    const set = (await crashing.cells(openDay(largeFrom), lucioles)).filter(({ date }) => date < openDay(bookingDay));
    expect(new Set(set.map(({ open }) => open)).size).toBeLessThanOrEqual(1);
  }

  async function oneEffectEach(): Promise<void> {
    const found = (await crashing.bookings()).map((booking) => booking.caseRef!);
    expect(found.sort()).toEqual(done.flatMap(({ booking }) => booking ?? []).sort());
    for (const cell of (await crashing.cells(openDay(countDay), lucioles)).filter(
      (c) => c.date === openDay(countDay),
    )) {
      expect(cell.open, nameOf(cell)).toBe(
        before.get(nameOf(cell))! + done.filter((d) => d.counted === nameOf(cell)).length,
      );
    }
    const [first] = await crashing.cells(openDay(largeFrom), lucioles);
    expect(first!.open).toBe(Math.max(...done.map((one) => one.large ?? 0)));
  }

  const before = new Map<string, number>();

  it(
    'loses nothing that was acknowledged before the cut, and a key has one effect, over three starts each',
    async () => {
      // The counts of the demo end before that day.
      await crashing.manager.call('availability.set', {
        facility: lucioles,
        key: key(),
        cells: perDay.map((cell) => ({ date: openDay(countDay), ...cell, open: 0 })),
      });
      for (const cell of perDay) before.set(nameOf({ facility: lucioles, date: openDay(countDay), ...cell }), 0);

      for (let round = 0; round < cuts; round++) {
        await openPlaces(round);
        const mayBeCut = done.length;
        const begin = sizeOf(crashing.file);
        await work(round);
        await work(round);
        await crashing.killAll();

        const size = sizeOf(crashing.file);
        const cut = begin + random.below(size - begin + 1);
        const tail = random.pick([0, 0, 600]);
        const byte = random.pick([() => 0, () => 128 + random.below(128)]);
        cutAt(crashing.file, cut, Buffer.from(Array.from({ length: tail }, byte)));
        figures.bytesCut += size - cut;
        const tails = cutTails(crashing.server.dataDir).length;
        await crashing.startAgain();
        if (cutTails(crashing.server.dataDir).length > tails) figures.tornChanges++;
        await invariants();

        for (const one of done.slice(mayBeCut)) {
          const { replayed } = await one.again();
          if (one.size <= cut) expect(replayed, 'acknowledged before the cut, and lost').toBe(true);
          else figures.beyondTheCut++;
          if (!replayed) figures.repeatedAnew++;
        }
        await oneEffectEach();
        for (let start = 2; start <= 3; start++) {
          await Promise.all([adjust(), book(round)]);
          await crashing.killAll();
          await crashing.startAgain();
          await invariants();
          await oneEffectEach();
        }
      }
      figures.acknowledged = done.length;
      figures.starts = crashing.starts;
      console.log('cuts:', JSON.stringify(figures));
      expect(done.length).toBeGreaterThan(cuts);
    },
    cuts * 20_000 * slowness,
  );
});

describe(`kills under large writes, until the file was torn ${tears} times (seed ${random.seed})`, () => {
  const crashing = new Crashing();
  const most = 400 * Math.max(1, tears);
  let stopped = false;

  beforeAll(() => crashing.begin());
  afterAll(() => crashing.end());

  /** Sets 400 cells again and again to the next number; each call is repeated until it is answered. */
  class LargeWriter {
    acknowledged = 0;
    private readonly client: Stubborn;

    constructor(
      token: string,
      readonly facility: string,
    ) {
      this.client = new Stubborn(crashing.server, token);
    }

    async work(): Promise<void> {
      for (let open = 1; !stopped; open = 1 + (open % 999)) {
        await this.client.call('availability.set', {
          facility: this.facility,
          key: key(),
          force: true,
          cells: largeSet(open, 30),
        });
        this.acknowledged = open;
      }
      this.client.close();
    }

    async shown(): Promise<number[]> {
      const cells = (await crashing.cells(openDay(30), this.facility)).filter(({ date }) => date >= openDay(30));
      return [...new Set(cells.map(({ open }) => open))];
    }
  }

  /** Within a write, if it can be met: as soon as the file is seen to grow. */
  async function kill(withServer: boolean): Promise<void> {
    const [redis] = crashing.server.redisPids();
    const size = sizeOf(crashing.file);
    await pause(random.below(5));
    for (let look = 0; look < 20_000 && sizeOf(crashing.file) === size; look++);
    process.kill(redis!, 'SIGKILL');
    if (withServer) await crashing.server.kill();
    await whenGone(redis!);
    if (withServer) await crashing.startAgain();
    await until('another Redis lives', () => crashing.server.redisPids().some((pid) => pid !== redis), 60_000);
  }

  it(
    'shows a large set whole or not at all, and the last that was acknowledged',
    async () => {
      const token = await createToken(crashing.server, accounts.manager);
      const writers = managed.map((facility) => new LargeWriter(token, facility));
      const working = Promise.all(writers.map((writer) => writer.work()));
      const torn = () => cutTails(crashing.server.dataDir).length;
      let kills = 0;
      for (; kills < most && (kills < leastKills || torn() < tears); kills++) {
        const answered = writers.map(({ acknowledged }) => acknowledged);
        await until(
          'each writer was answered',
          () => writers.every(({ acknowledged }, n) => acknowledged !== answered[n]),
          30_000,
        );
        await kill(kills % 4 === 3);
        for (const writer of writers) expect((await writer.shown()).length).toBeLessThanOrEqual(1);
      }
      stopped = true;
      await working;
      for (const writer of writers) {
        // Another session's: its board may be a moment behind.
        await until('the last set is shown, whole', async () => `${await writer.shown()}` === `${writer.acknowledged}`);
      }
      console.log('kills:', JSON.stringify({ kills, torn: torn() }));
      expect(torn()).toBeGreaterThanOrEqual(tears);
    },
    (leastKills + most) * 4_000 * slowness,
  );
});
