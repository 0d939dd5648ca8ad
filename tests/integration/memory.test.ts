import { afterAll, beforeAll, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, managed, periods, sections, territory } from './support/demo.js';
import { Follower } from './support/follower.js';
import { sameBoard } from './support/mirror.js';
import { residentKiB } from './support/processes.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { slowness } from './support/settings.js';
import { until } from './support/until.js';

const logged = 10_000; // as many as the log in memory holds
const changes = 30_000; // merged as they are, far more than the kernel takes for one who does not read
const idle = 50;
/** Were the changes queued, each watcher that reads nothing would cost over 9 MiB. */
const toleranceKiBPerWatcher = 128;
const noiseKiB = 4 * 1024 * slowness;

let server: Server;
let token: string;
let writers: Rpc[];

beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
  writers = await Promise.all(Array.from({ length: 8 }, () => Rpc.connect(server, { token })));
});
afterAll(() => server.remove());

const days = Array.from({ length: 9 }, (_, n) => openDay(n + 1));
const whole = { territory, from: openDay(1), days: 14 };

/** So many places that every adjustment finds its own. */
async function openAll(): Promise<void> {
  for (const facility of managed) {
    const cells = days.flatMap((date) =>
      periods.flatMap((period) => sections.map((section) => ({ date, period, section, open: 500 }))),
    );
    await writers[0]!.call('availability.set', { facility, key: key(), cells, force: true });
  }
}

/** Many changes of many cells, in flight together; the offset of the last one. */
async function write(count: number): Promise<number> {
  let left = count;
  let last = 0;
  await Promise.all(
    writers.flatMap((rpc, w) =>
      Array.from({ length: 16 }, async (_, lane) => {
        for (let n = 0; left-- > 0; n++) {
          const cell = {
            date: days[(n + w) % days.length]!,
            period: periods[lane % periods.length]!,
            section: sections[(n + lane) % sections.length]!,
          };
          const facility = managed[(n + w) % managed.length]!;
          const { offset } = await rpc.call('availability.adjust', {
            facility,
            key: key(),
            cells: [{ ...cell, by: n % 2 ? -1 : 1 }],
            force: true,
          });
          last = Math.max(last, offset);
        }
      }),
    ),
  );
  return last;
}

const follow = async (count: number): Promise<Follower[]> => {
  const followers = Array.from({ length: count }, () => new Follower(server, token, whole));
  await Promise.all(followers.map(({ ready }) => ready));
  return followers;
};

it(`watchers that read nothing during ${changes} changes cost what idle ones cost, and end at the truth`, async () => {
  await openAll();
  await write(logged); // fills the log in memory: the price of a busy territory, not of a slow watcher
  const watchers = await follow(idle);
  const reader = new Follower(server, token, whole);
  await reader.ready;
  const before = residentKiB(server.pid);
  watchers.forEach(({ rpc }) => rpc!.socket.pause());
  const last = await write(changes);
  const growth = residentKiB(server.pid) - before;
  console.log(`resident memory grew by ${growth} KiB with ${idle} watchers that read nothing`);
  expect(growth).toBeLessThan(idle * toleranceKiBPerWatcher + noiseKiB);

  watchers.forEach(({ rpc }) => rpc!.socket.resume());
  const truth = await until('the board has the last change', async () => {
    const board = await writers[0]!.call('board.get', whole);
    return board.offset >= last && board;
  });
  await until('all watchers show the truth', () => watchers.every(({ mirror }) => sameBoard(mirror, truth)), 20_000);
  await until('who reads shows it too', () => sameBoard(reader.mirror, truth), 20_000);
  for (const { mirror, gaps } of watchers) {
    expect([mirror.faults, gaps]).toEqual([[], 0]);
    // What the kernel had buffered, then the rest at once: more than any frame for one who reads, or a snapshot.
    expect(mirror.deltas).toBeLessThan(changes / 4);
    expect(mirror.widestDelta > reader.mirror.widestDelta || mirror.snapshots > 1).toBe(true);
  }
  await Promise.all([...watchers, reader].map((watcher) => watcher.stop()));
});
