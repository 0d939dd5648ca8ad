// A store of each older schema, as the program of that time left it: tests/stores.
import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { command } from './support/command.js';
import { byName } from './support/mirror.js';
import { OwnRedis } from './support/own_redis.js';
import { Proxy } from './support/proxy.js';
import { key, Rpc } from './support/rpc.js';
import { Server, ServerProcess } from './support/server.js';
import { until } from './support/until.js';

const day = '2098-01-06';
const workerToken = 'plt_8qz0Gv-MP7TlxD9Hbs5A7hLyKik5Rffs2HhWaTTRn-Q';
const managerToken = 'plt_vgrO7ap5mFZjmGnN9Fn9cAF2QLvGSYr2krZkXg9lDy0';

function storeOf(schema: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'placette-'));
  cpSync(fileURLToPath(new URL(`../stores/schema-${schema}`, import.meta.url)), folder, { recursive: true });
  return folder;
}

async function serving(dataDir: string): Promise<Server> {
  const server = await Server.start({ dataDir, demo: false });
  onTestFinished(() => server.remove());
  return server;
}

const redis = (folder: string, ...words: string[]) =>
  execFileSync('redis-cli', ['-s', join(folder, 'redis.sock'), ...words], { encoding: 'utf8' }).trim();

it.each([3, 4])(
  'a store of schema %i is brought on when the server starts, and nothing of it is lost',
  async (schema) => {
    const folder = storeOf(schema);
    const early = await command(['token', 'create', '--account', 'boss@exemple', '--data-dir', folder]);
    expect(early).toMatchObject({ code: 1, stdout: '' });
    expect(early.stderr).toMatch(
      new RegExp(`^placette: the data has schema ${schema}, .*\`placette serve\` brings it on at its next start$`, 'm'),
    );

    const server = await serving(folder);
    expect(server.process.output).toContain('the store is of schema 5 now');
    expect(redis(folder, 'HGET', '{placette}:store', 'schema')).toBe('5');
    const worker = await Rpc.connect(server, { token: workerToken });
    const board = { territory: 'example', from: day, days: 2 };
    const cells = Object.values(byName((await worker.call('board.get', board)).cells));
    expect(
      cells.map(({ date, period, open, reserved, vip, other, held }) => [
        date,
        period,
        open,
        reserved,
        vip,
        other,
        held,
      ]),
    ).toEqual([
      [day, 'apres-midi', 2, 0, 1, 0, 0],
      [day, 'matin', 3, 1, 1, 1, 1],
      ['2098-01-07', 'matin', 1, 0, 0, 0, 0],
    ]);
    const { bookings } = await worker.call('booking.list', { office: 'esco-exemple', from: day, to: '2098-01-07' });
    expect(bookings.map(({ state }) => state).sort()).toEqual(['cancelled_by_office', 'confirmed', 'held', 'released']);

    // The key of a call that the older program answered still has its one effect.
    const again = await worker.call('booking.create', {
      facility: 'les-exemples',
      key: 'b1',
      places: [
        { date: day, period: 'matin' },
        { date: day, period: 'apres-midi' },
      ],
      children: [{ ageMonths: 20, walker: true }],
      care: 'vip',
      purpose: 'job_interview',
      caseRef: 'E-1',
      commune: '21291',
      contact: { informed: true, firstNames: 'Lina', phone: '03 53 01 09 99' },
    });
    expect(again).toMatchObject({ replayed: true, booking: { state: 'confirmed', contact: { firstNames: 'Lina' } } });

    // What schema 4 keeps beside the bookings is there: the day knows them, and a cancellation gives its places back.
    expect(redis(folder, 'SMEMBERS', `{example}:day:les-exemples:${day}`)).toContain(again.booking.id);
    await worker.call('booking.cancel', { booking: again.booking.id, key: key(), reason: 'mistake' });
    const after = byName((await worker.call('board.get', board)).cells);
    expect(after[`les-exemples ${day} matin moyens`]).toMatchObject({ vip: 0, other: 1, held: 1 });
    const boss = await Rpc.connect(server, { token: managerToken });
    expect((await boss.call('board.get', board)).cells).toHaveLength(3);

    await server.stop();
    const next = await serving(folder);
    expect(next.process.output).not.toContain('the store is of schema');
  },
);

/** All that follows from bookings and cells, in an order; what tells a moment is left out. */
function derived(redis: OwnRedis): Record<string, string[]> {
  const reads: Record<string, string[]> = {
    string: ['GET'],
    set: ['SMEMBERS'],
    zset: ['ZRANGE', '0', '-1'],
    hash: ['HGETALL'],
  };
  const names = redis.cli('KEYS', '{example}:*').split('\n').sort();
  const told = names.flatMap((name) => {
    const [command, ...range] = reads[redis.cli('TYPE', name)] ?? [];
    return command
      ? [
          [
            name,
            redis
              .cli(command, name, ...range)
              .split('\n')
              .sort(),
          ] as const,
        ]
      : [];
  });
  return Object.fromEntries(told);
}

it(
  'one that is interrupted, after whatever command, is begun again by the next start',
  { timeout: 300_000 },
  async () => {
    const expected = new Map<string, string[]>();
    let interrupted = 0;
    for (let pieces = 0, through = false; !through; pieces++) {
      const folder = storeOf(3);
      const redis = await OwnRedis.start(folder);
      const proxy = await Proxy.before(redis.port);
      if (pieces > 0) proxy.cutOnceAfter(pieces);
      const start = (port: number) =>
        new ServerProcess([
          'serve',
          '--listen',
          '127.0.0.1:0',
          '--data-dir',
          folder,
          '--redis',
          `redis://127.0.0.1:${port}`,
        ]);
      let server = start(proxy.port);
      const isThrough = () => server.output.includes('the store is of schema 5 now');
      const isOver = () => isThrough() || server.errors.some((said) => said.startsWith('Redis did not answer'));
      await until('it is interrupted, or through', isOver, 60_000);
      if (!isThrough()) {
        await server.end('SIGKILL');
        interrupted++;
        server = start(redis.port);
        await until('the next start is through', isThrough, 60_000);
      } else {
        through = pieces > 0 && proxy.cuts === 0;
      }
      await server.end('SIGTERM');
      expect(redis.cli('HGET', '{placette}:store', 'schema')).toBe('5');
      const found = derived(redis);
      if (pieces === 0) Object.entries(found).forEach(([name, value]) => expected.set(name, value));
      else expect(found).toEqual(Object.fromEntries(expected));
      await proxy.close();
      await redis.remove();
    }
    expect(interrupted).toBeGreaterThan(5);
  },
);

it.each([
  ['6', /schema 6, and this Placette knows 5: start the newer Placette/],
  ['2', /schema 2, .*cannot be brought on/],
  ['four', /schema four, .*cannot be brought on/],
  ['3x', /schema 3x, .*cannot be brought on/],
  ['', /the data does not tell its schema any more/],
])('a store of schema %s is refused in one line', async (schema, line) => {
  const folder = storeOf(3);
  const server = await serving(folder);
  if (schema) redis(folder, 'HSET', '{placette}:store', 'schema', schema);
  else redis(folder, 'HDEL', '{placette}:store', 'schema');
  await server.stop();
  const refused = new ServerProcess(['serve', '--listen', '127.0.0.1:0', '--data-dir', folder]);
  const { code } = await refused.ended;
  expect(code).toBe(3);
  expect(refused.output.trim().split('\n').at(-1)).toMatch(line);
});

it('tells its version, its schema and its commit', async () => {
  const { code, stdout } = await command(['--version']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/^placette \d+\.\d+\.\d+, schema 5, commit \S+\n$/);
});
