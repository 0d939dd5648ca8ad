// The key of the contacts and the store belong together: none is made anew beside contacts that it cannot open.
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { command } from './support/command.js';
import { http } from './support/http.js';
import { OwnRedis } from './support/own_redis.js';
import { manager, worker } from './support/people.js';
import { Server, ServerProcess } from './support/server.js';

const folder = () => mkdtempSync(join(tmpdir(), 'placette-'));
const contact = { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' };

async function refusal(...args: string[]): Promise<string> {
  const process = new ServerProcess(['serve', '--demo', '--listen', '127.0.0.1:0', ...args]);
  const { code } = await process.ended;
  expect(code).toBe(3);
  return process.output;
}

const keyIn = async (...args: string[]): Promise<string> => {
  const { stdout } = await command(['doctor', '--json', ...args]);
  const { checks } = JSON.parse(stdout) as { checks: { check: string; state: string; says: string }[] };
  const { state, says } = checks.find(({ check }) => check === 'contacts-key')!;
  return `${state}: ${says}`;
};

describe('a store with contacts', () => {
  let server: Server;
  let booking: string;
  let right: Buffer;
  const file = () => join(server.dataDir, 'contacts.key');
  const shown = async () => {
    const esco = await worker(server);
    const answer = await esco.call('booking.get', { booking });
    await esco.close();
    return answer.booking.contact ?? null;
  };

  beforeAll(async () => {
    server = await Server.start();
    const slot = freshSlot();
    const boss = await manager(server);
    await open(boss, slot, 1);
    const esco = await worker(server);
    booking = (await esco.call('booking.create', { ...wish(slot), contact })).booking.id;
    await Promise.all([boss.close(), esco.close()]);
    right = readFileSync(file());
    expect(await keyIn('--data-dir', server.dataDir)).toBe('ok: is the one of this store');
    await server.stop();
  });
  afterAll(() => server.remove());

  it.each([
    ['without its key', undefined, /contacts\.key is not there, and the contacts .* another key: put that one/],
    ['with another key', Buffer.alloc(32, 7), /contacts\.key is another one, .* --replace-contacts-key/],
    ['with a key of three bytes', Buffer.alloc(3), /contacts\.key is no key of 32 bytes, .* --replace-contacts-key/],
  ])('%s is not served', async (_, key, words) => {
    rmSync(file());
    if (key) writeFileSync(file(), key);
    expect(await refusal('--data-dir', server.dataDir)).toMatch(words);
    if (key) expect(readFileSync(file())).toEqual(key);
    expect(await keyIn('--data-dir', server.dataDir)).toMatch(/^wrong: /);
    writeFileSync(file(), right);
  });

  it('is served with it, and without what it sealed where the operator says that it is lost', async () => {
    server = await server.again();
    expect(await shown()).toMatchObject({ firstNames: 'Lina' });
    await server.stop();
    writeFileSync(file(), 'half');
    server = await server.again({ args: ['--replace-contacts-key'] });
    expect(await shown()).toBeNull();
    expect((await http(server.url, '/metrics')).text).toMatch(/^placette_contacts_unreadable_total [1-9]/m);
    expect(server.process.output).toContain(`the contact of booking ${booking} is sealed with another key`);
    expect(await keyIn('--data-dir', server.dataDir)).toMatch(/^ok/);
  });
});

it('two servers of one Redis must have the same', async () => {
  const redis = await OwnRedis.start();
  const [first, second] = [folder(), folder()];
  const on = ['--redis', redis.url];
  try {
    const server = await Server.start({ dataDir: first, args: on });
    expect(await refusal('--data-dir', second, ...on)).toMatch(/is not there, .*from the other server of this Redis/);
    cpSync(join(first, 'contacts.key'), join(second, 'contacts.key'));
    const other = await Server.start({ dataDir: second, args: on });
    await other.remove();
    await server.remove();
  } finally {
    await redis.remove();
  }
});
