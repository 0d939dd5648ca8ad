import { mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { appendOnlyFile, sizeOf } from './support/append_only.js';
import { wish } from './support/bookings.js';
import { freshSlot, open, read, type Slot } from './support/cells.js';
import { command, createToken } from './support/command.js';
import { accounts, territory } from './support/demo.js';
import { Follower } from './support/follower.js';
import { openPair } from './support/pair.js';
import { manager } from './support/people.js';
import { redisPids } from './support/processes.js';
import { OwnRedis } from './support/own_redis.js';
import { redisCli } from './support/redis_cli.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

interface Check {
  check: string;
  state: 'ok' | 'note' | 'unknown' | 'wrong';
  says: string;
  todo?: string;
  details?: string[];
}

/** The exit code, and what is not as it should be. */
async function doctor(...args: string[]) {
  const { code, stdout, stderr } = await command(['doctor', '--json', ...args]);
  expect(stdout, stderr).not.toBe('');
  const { well, checks } = JSON.parse(stdout) as { well: boolean; checks: Check[] };
  const wrong = checks.filter(({ state }) => state === 'wrong');
  expect([code, well]).toEqual(wrong.length === 0 ? [0, true] : [1, false]);
  for (const { todo } of wrong) expect(todo).toBeTruthy();
  return {
    code,
    wrong,
    names: wrong.map(({ check }) => check),
    of: (name: string) => checks.find((c) => c.check === name),
  };
}

describe('beside a server that keeps its own Redis, and alone', () => {
  const at = openPair();
  let slot: Slot;
  beforeEach(async () => {
    slot = freshSlot();
    // The test before may have ended its Redis: each worker of the server comes back in its own time.
    await until('a count is taken', () => open(at.boss, slot, 5).catch(() => undefined));
    const wanted = wish(slot);
    await until('a booking is taken', () => at.esco.call('booking.create', wanted).catch(() => undefined));
  });
  const own = () => ['--data-dir', at.server.dataDir];
  const cell = (): [string, string] => [
    `{${territory}}:cells:${slot.facility}:${slot.date}`,
    `${slot.period}|${slot.section}`,
  ];
  const redis = (...words: string[]) => redisCli(join(at.server.dataDir, 'redis.sock'), ...words);

  /** The count of insertion places as stored, past the functions and the log. */
  function damage(vip: number): void {
    const parts = redis('HGET', ...cell()).split(',');
    parts[2] = String(vip);
    redis('HSET', ...cell(), parts.join(','));
  }

  it('finds a good store well, says so line by line, and leaves nothing behind', async () => {
    const { names, of } = await doctor('--verify', ...own());
    expect(names).toEqual([]);
    for (const name of ['redis', 'version', 'role', 'replicas', 'schema', 'functions', 'disk', 'cut-tails', 'counts']) {
      expect(of(name), name).toMatchObject({ state: 'ok' });
    }
    const { code, stdout } = await command(['doctor', ...own()]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^ok +appendfsync is always$/m);
    expect(
      stdout
        .trim()
        .split('\n')
        .every((line) => /^ok +\S+ .+/.test(line)),
    ).toBe(true);
    expect(at.server.redisPids()).toHaveLength(1);
  });

  it.each([9, -1, 0])('finds a count that was damaged (vip %i), and mends it when told', async (vip) => {
    damage(vip);
    const board = await at.boss.call('board.subscribe', {
      territory,
      from: slot.date,
      days: 1,
      facilities: [slot.facility],
    });
    for (let twice = 0; twice < 2; twice++) {
      const { wrong, names } = await doctor('--verify', ...own());
      expect(names).toEqual(['counts']);
      expect(wrong[0]!.details).toEqual([
        `cell ${slot.facility}|${slot.date}|${slot.period}|${slot.section}: vip is ${vip}, by its bookings 1`,
      ]);
      expect(redis('HGET', ...cell()).split(',')[2]).toBe(String(vip));
    }
    const mended = await doctor('--repair', ...own());
    expect(mended.names).toEqual([]);
    expect(mended.of('counts')).toMatchObject({ state: 'note' });
    await at.boss.notified(
      'board.delta',
      ({ subscription, cells }) =>
        subscription === board.subscription &&
        cells.some(({ period, section, vip }) => period === slot.period && section === slot.section && vip === 1),
    );
    expect((await doctor('--verify', ...own())).of('counts')).toMatchObject({ state: 'ok' });
    expect(await read(at.boss, slot)).toMatchObject({ open: 5, vip: 1 });
  });

  it('a record that cannot be read is found, and set aside when told', async () => {
    redis('HSET', ...cell(), 'nonsense');
    const { wrong } = await doctor('--verify', ...own());
    expect(wrong.map(({ check }) => check)).toEqual(['counts']);
    expect(wrong[0]!.details!.join()).toContain(`cells:${slot.facility}:${slot.date}`);
    await doctor('--repair', ...own());
    expect((await doctor('--verify', ...own())).names).toEqual([]);
  });

  it.each([
    ['deleted', (key: string) => redis('DEL', key)],
    ['damaged', (key: string) => redis('SET', key, '{"id":"ha')],
  ])('a booking whose record was %s keeps its place until it is given up', async (_, harm) => {
    const key = redis('SMEMBERS', `{${territory}}:day:${slot.facility}:${slot.date}`);
    harm(`{${territory}}:booking:${key}`);
    await doctor('--repair', ...own());
    for (const asked of ['--verify', '--repair']) {
      const { wrong, names } = await doctor(asked, ...own());
      expect(names).toEqual(['lost-bookings']);
      expect(wrong[0]!.details).toEqual([`booking ${key}: keeps its places at ${slot.facility} on ${slot.date}`]);
      expect(await read(at.boss, slot)).toMatchObject({ open: 5, vip: 1 });
    }
    const { names, of } = await doctor('--give-up', ...own());
    expect(names).toEqual([]);
    expect(of('counts')!.details!.join()).toContain(key);
    await until('the board shows it', async () => (await read(at.boss, slot))?.vip === 0);
    expect((await doctor('--verify', ...own())).names).toEqual([]);
  });

  it('a list that has lost a booking is mended, too', async () => {
    redis('DEL', `{${territory}}:day:${slot.facility}:${slot.date}`);
    expect((await doctor('--verify', ...own())).names).toEqual(['counts']);
    await doctor('--repair', ...own());
    expect((await doctor('--verify', ...own())).names).toEqual([]);
    expect(await read(at.boss, slot)).toMatchObject({ vip: 1 });
  });

  it('a count that was damaged is mended after the unclean end of Redis, and told on the board', async () => {
    const token = await createToken(at.server, accounts.manager);
    const watcher = new Follower(at.server, token, { territory, from: slot.date, days: 1 });
    await watcher.ready;
    const shown = () => watcher.mirror.cell(slot)?.vip;
    expect(shown()).toBe(1);
    damage(4);
    const [pid] = at.server.redisPids();
    process.kill(pid!, 'SIGKILL');
    await until('it is mended', () => at.server.process.output.includes('vip is 4, by its bookings 1; mended'), 20_000);
    await until('the board shows it', () => watcher.connections > 0 && shown() === 1, 20_000);
    expect(watcher.mirror.faults).toEqual([]);
    await watcher.stop();
    expect((await doctor('--verify', ...own())).names).toEqual([]);
  });

  it('tells of tails that were cut, which is nothing wrong', async () => {
    const aside = join(at.server.dataDir, 'kept-aside');
    mkdirSync(aside, { recursive: true });
    writeFileSync(join(aside, 'appendonly.aof.1.incr.aof-from-7'), 'half');
    const { names, of } = await doctor(...own());
    expect(names).toEqual([]);
    expect(of('cut-tails')).toMatchObject({ state: 'note', details: ['appendonly.aof.1.incr.aof-from-7: 4 bytes'] });
    rmSync(aside, { recursive: true });
  });

  it('works alone, with a Redis for its own time', async () => {
    await at.server.stop();
    const { names, of } = await doctor('--verify', ...own());
    expect(names).toEqual([]);
    expect(of('counts')).toMatchObject({ state: 'ok' });
    expect(redisPids(at.server.dataDir)).toEqual([]);
  });
});

describe('with a Redis of its own', () => {
  let redis: OwnRedis;
  let folder: string;
  beforeEach(async () => {
    redis = await OwnRedis.start();
    folder = mkdtempSync(join(tmpdir(), 'placette-'));
  });
  afterEach(async () => {
    await redis.remove();
    rmSync(folder, { recursive: true, force: true });
  });
  const its = () => ['--redis', redis.url];

  it('finds it well, though nothing is in it yet', async () => {
    const { names, of } = await doctor('--verify', ...its());
    expect(names).toEqual([]);
    expect(of('functions')).toMatchObject({ state: 'note' });
    expect(redis.cli('DBSIZE')).toBe('0');
    const server = await Server.start({ dataDir: folder, args: its() });
    expect((await doctor('--verify', ...its())).of('functions')).toMatchObject({ state: 'ok' });
    await server.stop();
  });

  it.each([
    ['appendonly', 'no', 'yes'],
    ['appendfsync', 'everysec', 'always'],
    ['aof-load-truncated', 'yes', 'no'],
    ['maxmemory-policy', 'allkeys-lru', 'noeviction'],
    ['no-appendfsync-on-rewrite', 'yes', 'no'],
  ])('%s %s is wrong', async (name, wrong, right) => {
    redis.cli('CONFIG', 'SET', name, wrong);
    const found = await doctor(...its());
    expect(found.names).toEqual([name]);
    expect(found.of(name)!.says).toContain(wrong);
    expect(found.of(name)!.todo).toContain(`${name} ${right}`);
    redis.cli('CONFIG', 'SET', name, right);
    expect((await doctor(...its())).names).toEqual([]);
  });

  it('a replica, and a store of another schema, are wrong', async () => {
    redis.cli('HSET', '{placette}:store', 'id', 'x', 'schema', '3');
    expect((await doctor('--verify', ...its())).names).toEqual(['schema']);
    redis.cli('DEL', '{placette}:store');
    redis.cli('REPLICAOF', '127.0.0.1', '1');
    expect((await doctor(...its())).names).toEqual(['role']);
    redis.cli('REPLICAOF', 'NO', 'ONE');
    expect((await doctor('--verify', ...its())).names).toEqual([]);
  });

  it('a server that meets wrong settings warns of each in its log', async () => {
    redis.cli('CONFIG', 'SET', 'appendfsync', 'everysec');
    redis.cli('CONFIG', 'SET', 'aof-load-truncated', 'yes');
    const server = await Server.start({ dataDir: folder, args: its() });
    const warnings = () => server.process.output.match(/ warning Redis: .*/g) ?? [];
    await until('it has compared its counts', () => /compared \d+ bookings/.test(server.process.output));
    expect(warnings().map((line) => line.split(' ')[3])).toEqual(['appendfsync', 'aof-load-truncated']);
    await server.stop();
  });
});

describe('what cannot be examined', () => {
  it('is wrong where Redis does not answer', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'placette-'));
    mkdirSync(join(folder, 'appendonlydir'));
    writeFileSync(join(folder, 'appendonlydir', 'appendonly.aof.manifest'), 'nonsense\n');
    const { names, of } = await doctor('--data-dir', folder);
    expect(names).toEqual(['redis']);
    expect(of('redis')!.says).toContain('appendonly.aof.manifest');
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['a folder that is not there', '--data-dir', '/nowhere/at/all'],
    ['an address that is none', '--redis', 'localhost'],
    ['an unknown option', '--heal'],
  ])('%s is bad use, with a code of its own', async (_, ...args) => {
    const { code, stdout, stderr } = await command(['doctor', ...args]);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(args[0]!);
  });
});

it('a file that ends before what was on the disk is a loss, told until somebody has looked', async () => {
  const server = await Server.start();
  onTestFinished(() => server.remove());
  const boss = await manager(server);
  for (let n = 0; n < 5; n++) await open(boss, freshSlot(), 5);
  boss.cut();
  await server.stop(); // all of it is summed
  const file = appendOnlyFile(server.dataDir);
  truncateSync(file, Math.floor(sizeOf(file) / 2));

  const own = ['--data-dir', server.dataDir];
  const { names, of } = await doctor(...own);
  expect(names).toEqual(['losses']);
  const [loss] = of('losses')!.details!;
  expect(loss).toMatch(/^LOST-appendonly\.aof\.\d+\.incr\.aof-ended-at-\d+-of-\d+$/);
  const again = await server.again();
  expect((await doctor(...own)).names).toEqual(['losses']);
  await again.stop();
  rmSync(join(server.dataDir, 'kept-aside', loss!));
  expect((await doctor(...own)).names).toEqual([]);
});
