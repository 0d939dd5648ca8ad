// A backup is the store at one moment, and what is restored from it is proven to be that.
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allBookings, wish } from './support/bookings.js';
import { freshSlot, open, type Slot } from './support/cells.js';
import { command } from './support/command.js';
import { today } from './support/days.js';
import { territory } from './support/demo.js';
import { OwnRedis } from './support/own_redis.js';
import { openPair } from './support/pair.js';
import { worker } from './support/people.js';
import { redisPids } from './support/processes.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';

const parent = mkdtempSync(join(tmpdir(), 'placette-'));
let folders = 0;
const folder = () => join(parent, `folder-${++folders}`);
afterAll(() => rmSync(parent, { recursive: true, force: true }));

const contact = { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' };
const seen = async (rpc: Rpc) => {
  const { cells, epoch, offset } = await rpc.call('board.get', { territory, from: today(), days: 31 });
  const bookings = (await allBookings(rpc)).map(({ expiresInMs: _, ...booking }) => booking);
  return { epoch, state: { cells, offset, bookings } };
};

describe('of a server with bookings', () => {
  const at = openPair();
  let slot: Slot;
  beforeAll(async () => {
    slot = freshSlot();
    await open(at.boss, slot, 9);
    await at.esco.call('booking.create', { ...wish(slot), contact });
    await at.esco.call('booking.hold', wish(slot));
  });

  it('made while it serves and is written to, it is whole', async () => {
    let going = true;
    const busy = (async () => {
      while (going) await at.esco.call('booking.create', { ...wish(slot), force: true }).catch(() => undefined);
    })();
    const into = folder();
    const { code, stdout, stderr } = await command(['backup', into, '--data-dir', at.server.dataDir]);
    going = false;
    await busy;
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^\d{3,} records, checksum [0-9a-f]{64}\nThe key of the contacts is not in it/);
    expect(readdirSync(into).sort()).toEqual(['backup.json', 'store.rdb']);
    expect(statSync(into).mode & 0o77).toBe(0);
    expect(JSON.parse(readFileSync(join(into, 'backup.json'), 'utf8'))).toMatchObject({ schema: '5' });
    expect(at.server.redisPids()).toHaveLength(1);
  });

  it('restored, it is the same, in a new epoch; contacts come back with their key', async () => {
    const before = await seen(at.esco);
    const [into, dataDir] = [folder(), folder()];
    await command(['backup', into, '--with-key', '--data-dir', at.server.dataDir]);
    const { code, stdout, stderr } = await command(['restore', into, '--data-dir', dataDir]);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/: the same as was backed up\n$/);
    expect(redisPids(dataDir)).toEqual([]);
    const restored = await Server.start({ dataDir });
    const rpc = await worker(restored);
    const after = await seen(rpc);
    expect(after.state).toEqual(before.state);
    expect(after.epoch).not.toBe(before.epoch);
    expect(after.state.bookings.some(({ contact: found }) => found?.firstNames === 'Lina')).toBe(true);
    await rpc.close();
    await restored.stop();
    const twice = await command(['restore', into, '--data-dir', dataDir]);
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining('has a store: move it away first') });
    expect((await command(['doctor', '--verify', '--data-dir', dataDir])).code).toBe(0);
  });

  it('damaged, it is refused, and nothing is left', async () => {
    const into = folder();
    await command(['backup', into, '--data-dir', at.server.dataDir]);
    const file = join(into, 'store.rdb');
    const bytes = readFileSync(file);
    const damages: [string, () => void][] = [
      ['cut', () => writeFileSync(file, bytes.subarray(0, bytes.length - 100))],
      [
        'with a byte turned',
        () => writeFileSync(file, Buffer.from(bytes).fill(0x2a, bytes.length >> 1, (bytes.length >> 1) + 1)),
      ],
      ['of another store', () => cpSync(otherStore, file)],
      ['without its description', () => rmSync(join(into, 'backup.json'))],
    ];
    const otherStore = join(folder(), 'store.rdb');
    const empty = await Server.start({ demo: false });
    await command(['backup', join(otherStore, '..'), '--data-dir', empty.dataDir]);
    await empty.remove();
    for (const [what, damage] of damages) {
      damage();
      const dataDir = folder();
      const { code, stderr } = await command(['restore', into, '--data-dir', dataDir]);
      expect(code, what).toBe(1);
      expect(stderr, what).toMatch(/^placette: (the backup is damaged: |.* is no backup: )/m);
      expect(existsSync(join(dataDir, 'appendonlydir')), what).toBe(false);
      expect(redisPids(dataDir), what).toEqual([]);
    }
  });

  it('goes into a Redis of one’s own, if that is empty', async () => {
    const into = folder();
    await command(['backup', into, '--with-key', '--data-dir', at.server.dataDir]);
    const before = await seen(at.esco);
    const redis = await OwnRedis.start();
    const dataDir = folder();
    const there = ['--redis', redis.url, '--data-dir', dataDir];
    try {
      const { code, stderr } = await command(['restore', into, ...there]);
      expect(code, stderr).toBe(0);
      const restored = await Server.start({ dataDir, args: ['--redis', redis.url] });
      const rpc = await worker(restored);
      expect((await seen(rpc)).state).toEqual(before.state);
      await rpc.close();
      await restored.remove();
      expect((await command(['restore', into, ...there])).stderr).toContain('this Redis is not empty');
      expect((await command(['backup', folder(), ...there])).code).toBe(0);
    } finally {
      await redis.remove();
    }
  });

  it('leaves nothing in a Redis that does not take all of it', async () => {
    const into = folder();
    await command(['backup', into, '--data-dir', at.server.dataDir]);
    const redis = await OwnRedis.start();
    try {
      const used = Number(/^used_memory:(\d+)/m.exec(redis.cli('INFO', 'memory'))![1]);
      redis.cli('CONFIG', 'SET', 'maxmemory', String(used + 100_000));
      const there = ['--redis', redis.url, '--data-dir', folder()];
      const refused = await command(['restore', into, ...there]);
      expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining('does not take a record: OOM') });
      expect(redis.cli('DBSIZE')).toBe('0');
      redis.cli('CONFIG', 'SET', 'maxmemory', '0');
      expect((await command(['restore', into, ...there])).code).toBe(0);
    } finally {
      await redis.remove();
    }
  });

  it('of another schema is refused', async () => {
    const into = folder();
    await command(['backup', into, '--data-dir', at.server.dataDir]);
    const file = join(into, 'backup.json');
    const description = JSON.parse(readFileSync(file, 'utf8'));
    for (const [schema, words] of [
      ['9', 'start the newer Placette'],
      ['3', 'what was restored has schema 5, and the backup says 3'],
    ]) {
      writeFileSync(file, JSON.stringify({ ...description, schema }));
      const dataDir = folder();
      const { code, stderr } = await command(['restore', into, '--data-dir', dataDir]);
      expect([code, stderr]).toEqual([1, expect.stringContaining(words!)]);
      expect(existsSync(join(dataDir, 'appendonlydir'))).toBe(false);
    }
  });

  it('needs a folder of its own, and a store', async () => {
    const { stderr } = await command(['backup', parent, '--data-dir', at.server.dataDir]);
    expect(stderr).toContain('is not empty');
    expect((await command(['backup', folder(), '--data-dir', folder()])).stderr).toContain('there is no store');
    await at.boss.call('availability.adjust', {
      facility: slot.facility,
      key: key(),
      cells: [{ ...where(slot), by: 1 }],
    });
  });
});

const where = ({ date, period, section }: Slot) => ({ date, period, section });
