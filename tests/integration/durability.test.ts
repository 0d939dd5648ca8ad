import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Booking } from '../../client-js/sdk/src/generated/messages.js';
import { allBookings, wish } from './support/bookings.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, managed, periods, sections, territory } from './support/demo.js';
import { Follower } from './support/follower.js';
import { Ledger } from './support/ledger.js';
import { sameBoard } from './support/mirror.js';
import { isAlive, whenGone } from './support/processes.js';
import { Random } from './support/random.js';
import { key, Refusal } from './support/rpc.js';
import { Server } from './support/server.js';
import { slowness } from './support/settings.js';
import { Stubborn } from './support/stubborn.js';
import { until } from './support/until.js';

const kills = Number(process.env.PLACETTE_TEST_KILLS ?? 20);
const clients = 64;
// People at work rather than a benchmark: what matters is that many calls are in flight at each kill.
const paceMs = 40;
const random = new Random();

let server: Server;
let ledger: Ledger;
let writers: Writer[];
let watchers: Follower[];
let reader: Stubborn;

const board = { territory, from: openDay(1), days: 14 };

/** A manager or a worker at work: each call is repeated until it is answered, and what is answered is written down. */
class Writer {
  readonly client: Stubborn;
  /** Some calls that succeeded, to be repeated at the end. */
  readonly sample: { method: 'booking.create'; params: ReturnType<typeof wish>; id: string }[] = [];
  private readonly mine: Booking[] = [];
  private stopped = false;
  private working: Promise<void> = Promise.resolve();

  constructor(
    token: string,
    private readonly role: 'manager' | 'worker',
  ) {
    this.client = new Stubborn(server, token);
  }

  start(): void {
    this.working = this.work();
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await this.working;
    this.client.close();
  }

  private async work(): Promise<void> {
    while (!this.stopped) {
      try {
        await (this.role === 'manager' ? this.adjust() : this.book());
      } catch (error) {
        if (!(error instanceof Refusal)) throw error; // refused for good: no effect, nothing to write down
      }
      await pause(random.below(2 * paceMs));
    }
  }

  private async adjust(): Promise<void> {
    const { facility, ...cell } = slot();
    const by = random.pick([1, 1, 2, -1]);
    await this.client.call('availability.adjust', { facility, key: key(), cells: [{ ...cell, by }] });
    ledger.adjusted({ facility, ...cell }, by);
  }

  private async book(): Promise<void> {
    const known = this.mine.length > 0 && random.below(2) === 0 ? this.mine.pop()! : undefined;
    if (known) return known.state === 'held' ? this.settle(known) : this.cancel(known);
    const care = random.pick(['vip', 'other'] as const);
    const params = wish(slot(), { care });
    const method = random.pick(['booking.hold', 'booking.create'] as const);
    const { booking } = await this.client.call(method, params);
    this.note(booking);
    if (method === 'booking.create' && this.sample.length < 5) this.sample.push({ method, params, id: booking.id });
  }

  private async settle({ id }: Booking): Promise<void> {
    const method = random.pick(['booking.confirm', 'booking.release', 'booking.extend'] as const);
    this.note((await this.client.call(method, { booking: id, key: key() })).booking);
  }

  private async cancel({ id }: Booking): Promise<void> {
    ledger.booked((await this.client.call('booking.cancel', { booking: id, key: key(), reason: 'mistake' })).booking);
  }

  private note(booking: Booking): void {
    ledger.booked(booking);
    if (booking.state === 'held' || booking.state === 'confirmed') this.mine.push(booking);
  }
}

const slot = () => ({
  facility: random.pick(managed),
  date: openDay(1 + random.below(9)),
  period: random.pick(periods),
  section: random.pick(sections),
});

beforeAll(async () => {
  server = await Server.start();
  const managerToken = await createToken(server, accounts.manager);
  const workerToken = await createToken(server, accounts.worker);
  reader = new Stubborn(server, workerToken);
  ledger = new Ledger(await reader.call('board.get', board));
  watchers = [board, { ...board, facilities: [managed[0]!] }].map(
    (filter) => new Follower(server, workerToken, filter),
  );
  writers = Array.from({ length: clients }, (_, n) =>
    n % 4 === 0 ? new Writer(managerToken, 'manager') : new Writer(workerToken, 'worker'),
  );
  await Promise.all(watchers.map(({ ready }) => ready));
  writers.forEach((writer) => writer.start());
});
afterAll(async () => {
  await Promise.all(writers.map((writer) => writer.stop()));
  await Promise.all(watchers.map((watcher) => watcher.stop()));
  reader.close();
  await server.remove();
});

/** Some work is done and acknowledged after this moment. */
async function someWork(): Promise<void> {
  const target = ledger.acknowledged + 20 + random.below(100);
  await until('work goes on', () => ledger.acknowledged >= target, 20_000);
}

const onlyRedis = () =>
  until('one Redis lives', () => (server.redisPids().length === 1 ? server.redisPids()[0] : undefined));
const epoch = async () => (await reader.call('board.get', board)).epoch;

describe(`under ${clients} clients, ${kills} kills of each kind (seed ${random.seed})`, () => {
  const timeout = kills * 15_000 * slowness;

  it(
    'of the server alone: the next one adopts its Redis',
    async () => {
      const redis = await onlyRedis();
      const before = await epoch();
      for (let n = 0; n < kills; n++) {
        await someWork();
        await server.kill();
        expect(isAlive(redis)).toBe(true);
        server = await server.again();
        expect(server.redisPids()).toEqual([redis]);
      }
      await someWork();
      expect(await epoch()).toBe(before);
    },
    timeout,
  );

  it(
    'of Redis alone: the server starts it again, and every epoch is new',
    async () => {
      const epochs = new Set([await epoch()]);
      const { pid } = server;
      for (let n = 0; n < kills; n++) {
        await someWork();
        const redis = await onlyRedis();
        process.kill(redis, 'SIGKILL');
        await whenGone(redis);
        await someWork();
        expect(await onlyRedis()).not.toBe(redis);
        await until('a new epoch begins', async () => !epochs.has(await epoch()));
        epochs.add(await epoch());
      }
      expect(server.pid).toBe(pid);
      expect(epochs.size).toBe(kills + 1);
      expect(writers.reduce((sum, { client }) => sum + client.unavailable + client.unknown, 0)).toBeGreaterThan(0);
    },
    timeout,
  );

  it(
    'of both',
    async () => {
      for (let n = 0; n < kills; n++) {
        await someWork();
        const redis = await onlyRedis();
        process.kill(redis, 'SIGKILL');
        await server.kill();
        await whenGone(redis);
        server = await server.again();
        await someWork();
        expect(await onlyRedis()).not.toBe(redis);
      }
    },
    timeout,
  );

  it(
    'loses nothing that was acknowledged, and does nothing twice',
    async () => {
      await Promise.all(writers.map((writer) => writer.stop()));
      console.log(`${ledger.acknowledged} acknowledged effects (seed ${random.seed})`);
      // A hold may expire between the two reads.
      await expect.poll(differences, { timeout: 10_000 * slowness }).toEqual([]);
    },
    60_000 * slowness,
  );

  it('knows the keys: a repeat answers the same booking', async () => {
    const samples = writers.flatMap(({ sample }) => sample);
    expect(samples.length).toBeGreaterThan(clients);
    for (const { method, params, id } of samples) {
      expect(await reader.call(method, params)).toMatchObject({ replayed: true, booking: { id } });
    }
  });

  it('readers have come back by themselves, and show the truth', async () => {
    for (const watcher of watchers) {
      await until('the watcher shows the truth', async () =>
        sameBoard(watcher.mirror, await reader.call('board.get', watcher.filter)),
      );
      expect([watcher.mirror.faults, watcher.gaps]).toEqual([[], 0]);
      expect(watcher.connections).toBeGreaterThan(kills);
    }
  });
});

async function differences(): Promise<string[]> {
  return ledger.differences(await reader.call('board.get', board), await allBookings(reader));
}
