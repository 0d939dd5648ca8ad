// A Redis of one's own, replicated: roles change while people work.
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { allBookings, wish } from './support/bookings.js';
import { freshSlot, open, read, type Slot } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, managed, periods, sections, territory } from './support/demo.js';
import { Follower } from './support/follower.js';
import { recounted } from './support/ledger.js';
import { sameBoard } from './support/mirror.js';
import { OwnRedis } from './support/own_redis.js';
import { manager, worker } from './support/people.js';
import { Proxy } from './support/proxy.js';
import { Random } from './support/random.js';
import { key, Refusal, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { slowness } from './support/settings.js';
import { Stubborn } from './support/stubborn.js';
import { until } from './support/until.js';

const board = { territory, from: openDay(1), days: 31 };

let first: OwnRedis;
let second: OwnRedis;
const removed: { remove(): Promise<unknown> }[] = [];

beforeEach(async () => {
  [first, second] = await Promise.all([OwnRedis.start(), OwnRedis.start()]);
});
afterEach(async () => {
  for (const one of removed.splice(0).reverse()) await one.remove();
  await Promise.all([first.remove(), second.remove()]);
});

/** All have one key of the contacts, as servers of one store must. */
async function serverOn(url: string): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-'));
  const [other] = removed.filter((one) => one instanceof Server);
  if (other) cpSync(join(other.dataDir, 'contacts.key'), join(dataDir, 'contacts.key'));
  const server = await Server.start({ dataDir, args: ['--redis', url] });
  removed.push(server);
  return server;
}

const tokenOf = (server: Server, redis: OwnRedis, account: string) =>
  createToken(server, account, ['--redis', redis.url]);

/** Redis names its history anew when its first replica comes: for a moment nothing is taken. */
const opened = (boss: Rpc, slot: Slot, places: number) =>
  until('the change is taken', () => open(boss, slot, places).catch(() => undefined));

/** Two histories of one store: what the first took after they parted, the second never heard of, and the reverse. */
async function parted(): Promise<{ server: Server; boss: Rpc; here: Slot; there: Slot; token: string }> {
  const server = await serverOn(first.url);
  const token = await tokenOf(server, first, accounts.worker);
  const boss = await manager(server);
  const [here, there] = [freshSlot(), freshSlot()];
  for (const slot of [here, there]) await open(boss, slot, 1);
  await second.follow(first);
  await second.lead();

  for (let places = 2; places <= 4; places++) await opened(boss, here, places);
  const other = await serverOn(second.url);
  const otherBoss = await manager(other);
  // More changes than the first has seen: its offsets go on in this history as if nothing had been.
  for (let places = 2; places <= 9; places++) await open(otherBoss, there, places);
  await other.stop();
  return { server, boss, here, there, token };
}

async function watching(server: Server, token: string): Promise<Follower> {
  const follower = new Follower(server, token, board);
  await until('the watcher has its board', () => follower.mirror.epoch);
  return follower;
}

it('a primary that is made a replica takes nothing; made a primary again, it begins a new epoch', async () => {
  const { server, boss, here, there, token } = await parted();
  const follower = await watching(server, token);

  let { epoch } = await boss.call('board.get', board);
  await first.follow(second);
  await until('the server has noticed', async () => {
    const seen = await boss.call('board.get', board);
    ({ epoch } = seen); // Redis may just have named its history anew
    return !seen.storeAvailable;
  });
  const refused = await boss.refused('availability.adjust', {
    facility: here.facility,
    key: key(),
    cells: [{ date: here.date, period: here.period, section: here.section, by: 1 }],
  });
  expect(refused.problem).toBe('store_unavailable');
  expect(await boss.call('board.get', board)).toMatchObject({ epoch, storeAvailable: false });

  await first.lead();
  await until('the server goes on', async () => (await boss.call('board.get', board)).storeAvailable);
  expect((await read(boss, here))?.open).toBe(1);
  expect((await read(boss, there))?.open).toBe(9);
  await until('the watcher is in the new epoch', () => follower.mirror.epoch !== epoch);
  await until('the watcher has the truth', async () => sameBoard(follower.mirror, await boss.call('board.get', board)));
  expect(follower.mirror.faults).toEqual([]);
  await open(boss, here, 7);
  await until('and follows it', () => follower.mirror.cell(here)?.open === 7);
  await follower.stop();
});

it('a primary that was a replica for a moment, with the same process, is another epoch all the same', async () => {
  const { server, boss, here, there, token } = await parted();
  const follower = await watching(server, token);
  const { epoch, offset } = follower.mirror;

  await first.follow(second);
  await first.lead();
  await until('the watcher is in the new epoch', () => follower.mirror.epoch !== epoch);
  await until('the watcher has the truth', async () => {
    const truth = await boss.call('board.get', board);
    return truth.storeAvailable && sameBoard(follower.mirror, truth);
  });
  expect(follower.mirror.cell(here)?.open).toBe(1);
  expect(follower.mirror.cell(there)?.open).toBe(9);
  expect(follower.mirror.faults).toEqual([]);
  const again = await boss.call('board.subscribe', { ...board, since: { epoch, offset } });
  expect(again.recovered).toBe(false);
  await follower.stop();
});

it('a log that is set back behind the server, in the same process, begins a new epoch', async () => {
  const server = await serverOn(first.url);
  const boss = await manager(server);
  const slot = freshSlot();
  await open(boss, slot, 1);
  const log = `{${territory}}:log`;
  const before = await boss.call('board.subscribe', { ...board, days: 30 });
  for (let places = 2; places <= 4; places++) await open(boss, slot, places);
  const entries = (await first.ask('XRANGE', log, '-', '+')).split('\n').filter((line) => /^\d+-0$/.test(line));
  await first.ask(
    'EVAL',
    "for i = 2, #ARGV do redis.call('XDEL', ARGV[1], ARGV[i]) end",
    '0',
    log,
    ...entries.slice(-3),
  );
  await first.ask('XSETID', log, entries.at(-4)!);
  await first.ask('SET', `{${territory}}:head`, entries.at(-4)!.replace('-0', ''));
  await open(boss, slot, 5);
  // Until then the boards lag behind what this session has written.
  const epoch = () =>
    boss.call('board.get', board).then(
      ({ epoch: now }) => now,
      () => before.epoch,
    );
  await until('a new epoch begins', async () => (await epoch()) !== before.epoch);
  expect((await read(boss, slot))?.open).toBe(5);
});

it(
  'fails over, again and again, under people at work: nothing is overbooked, and each watcher ends at the truth',
  async () => {
    const random = new Random();
    const front = await Proxy.before(first.port);
    const server = await serverOn(`redis://127.0.0.1:${front.port}`);
    const token = await tokenOf(server, first, accounts.worker);
    await second.follow(first);
    const followers = [board, { ...board, facilities: [managed[0]!] }].map((one) => new Follower(server, token, one));
    await Promise.all(followers.map(({ ready }) => ready));

    let working = true;
    let answered = 0;
    const offsets = new Map<string, string>();
    const work = async () => {
      const client = new Stubborn(server, token);
      while (working) {
        const slot = {
          facility: random.pick(managed),
          date: openDay(1 + random.below(9)),
          period: random.pick(periods),
          section: random.pick(sections),
        };
        try {
          const { booking, epoch, offset, replayed } = await client.call('booking.create', wish(slot));
          answered++;
          if (!replayed) {
            const known = offsets.get(`${epoch} ${offset}`);
            expect(known, `${epoch} ${offset} was given twice`).toBeUndefined();
            offsets.set(`${epoch} ${offset}`, booking.id);
          }
          await client.call('booking.cancel', { booking: booking.id, key: key(), reason: 'mistake' });
        } catch (error) {
          // A booking that the new primary never heard of is `not_found`: that is what a failover may lose.
          if (!(error instanceof Refusal)) throw error;
        }
        await pause(random.below(20));
      }
      client.close();
    };
    const workers = Array.from({ length: 16 }, work);
    const someWork = async () => {
      const target = answered + 30;
      await until('work goes on', () => answered >= target, 20_000);
    };

    let [primary, replica] = [first, second];
    for (let n = 0; n < 4; n++) {
      await someWork();
      front.cut();
      await primary.kill();
      await replica.lead();
      front.mend(replica.port);
      await someWork();
      await primary.restart();
      await primary.follow(replica);
      [primary, replica] = [replica, primary];
    }
    working = false;
    await Promise.all(workers);

    const reader = await worker(server);
    const truth = await reader.call('board.get', board);
    expect(truth.cells.filter(({ vip, other, open }) => vip + other > open)).toEqual([]);
    const recount = recounted(await allBookings(reader));
    for (const cell of truth.cells) {
      const name = `${cell.facility} ${cell.date} ${cell.period} ${cell.section}`;
      const counted = recount.get(name) ?? { vip: 0, other: 0, held: 0 };
      expect({ name, vip: cell.vip, other: cell.other, held: cell.held }).toEqual({ name, ...counted });
    }
    for (const follower of followers) {
      const filter = { ...board, ...follower.filter };
      await until('a watcher has the truth', async () =>
        sameBoard(follower.mirror, await reader.call('board.get', filter)),
      );
      expect(follower.mirror.faults).toEqual([]);
      expect(follower.gaps).toBe(0);
      await follower.stop();
    }
    await front.close();
  },
  120_000 * slowness,
);
