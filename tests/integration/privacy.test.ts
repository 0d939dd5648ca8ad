import { randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { accounts, lucioles, microCreche, otherOffice, territory } from './support/demo.js';
import { http } from './support/http.js';
import { dayIn, writeMovedDemo, zoneAt } from './support/moved_demo.js';
import { admin, browser, manager, newAccount, worker } from './support/people.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';

// The care has begun: who came can be said.
const zone = zoneAt(8);
let server: Server;
beforeAll(async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-'));
  const args = ['--demo-document', writeMovedDemo(dataDir, zone, true)];
  server = await Server.start({ dataDir, args, env: { PLACETTE_LOG_LEVEL: 'debug' } });
});
afterAll(() => server.remove());

/** A name that nothing else in the world contains, and a telephone number likewise. */
const firstName = () => `Zoë-${randomBytes(6).toString('hex')}`;
const phone = () => `03 53 ${randomBytes(4).readUInt32BE().toString().padStart(10, '0')}`;

/** The ways in which a text might lie in a file. */
const disguises = (secret: string): Buffer[] => [
  Buffer.from(secret),
  Buffer.from(secret.replaceAll(' ', '')),
  Buffer.from(JSON.stringify(secret).slice(1, -1)),
  Buffer.from(encodeURIComponent(secret)),
  Buffer.from(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
  Buffer.from(Buffer.from(secret).toString('hex')),
];

function filesIn(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesIn(path);
    return entry.isFile() ? [path] : [];
  });
}

/** Takes bookings through all that can happen to them. */
async function live(secrets: string[]): Promise<void> {
  const [boss, esco] = [await manager(server), await worker(server)];
  const contact = () => {
    const planted = { informed: true, firstNames: firstName(), phone: phone() };
    secrets.push(planted.firstNames, planted.phone);
    return planted;
  };
  const slot = { facility: lucioles, date: dayIn(zone), period: 'matin', section: 'moyens' };
  await open(boss, slot, 20);
  for (let n = 0; n < 10; n++) {
    const { contact: _, ...bare } = wish(slot);
    const { booking } = await esco.call('booking.hold', n % 2 ? { ...bare, contact: contact() } : bare);
    if (n < 3) {
      await esco.call('booking.release', { booking: booking.id, key: key() });
      continue;
    }
    await esco.call('booking.confirm', { booking: booking.id, key: key(), contact: contact() });
    await boss.call('booking.acknowledge', { booking: booking.id, key: key() });
    if (n < 6) await esco.call('booking.cancel', { booking: booking.id, key: key(), reason: 'ill', by: 'family' });
    else await boss.call('booking.attendance', { booking: booking.id, key: key(), place: 0, outcome: 'attended' });
  }
  // Refusals must not tell, either.
  const rejected = { ...wish(slot), contact: contact(), care: 'nonsense' };
  await esco.refused('booking.create', rejected);
  const full = { ...slot, section: 'bebes' };
  await open(boss, full, 0);
  await esco.refused('booking.create', { ...wish(full), contact: contact(), force: false });
  for (const rpc of [boss, esco]) rpc.cut();
}

it('names and phones of families are in no file, log or metric, and reach nobody else', async () => {
  const secrets: string[] = [];
  const administrator = await admin(server);
  const micro = await newAccount(administrator, {
    account: 'micro@test',
    roles: ['manager'],
    facilities: [microCreche],
  });
  const other = await newAccount(administrator, { account: 'auxonne@test', roles: ['worker'], offices: [otherOffice] });
  const outsiders = [
    administrator,
    await browser(server, accounts.coordinator),
    await Rpc.connect(server, { token: micro }),
    await Rpc.connect(server, { token: other }),
  ];
  const received: string[] = [];
  for (const rpc of outsiders) {
    rpc.socket.on('message', (data) => received.push(String(data)));
    await rpc.call('board.subscribe', { territory, from: freshSlot().date, days: 20 });
  }
  for (const rpc of outsiders.slice(2)) await rpc.call('booking.subscribe', {});

  await live(secrets);
  for (const rpc of outsiders) {
    await rpc.call('board.get', { territory, from: freshSlot().date, days: 20 });
    await rpc.ask('booking.list', {}).catch(() => {});
  }
  const metrics = (await http(server.url, '/metrics')).text;
  await createToken(server, accounts.worker);
  await server.stop();

  const places: [string, Buffer][] = [
    ['log', Buffer.from(server.process.output)],
    ['metrics', Buffer.from(metrics)],
    ['frames to others', Buffer.from(received.join('\n'))],
    ...filesIn(server.dataDir).map((path): [string, Buffer] => [path, readFileSync(path)]),
  ];
  expect(places.some(([name, content]) => /\.aof$/.test(name) && content.includes('booking'))).toBe(true);
  expect(received.length).toBeGreaterThan(10);
  expect(secrets.length).toBeGreaterThan(20);
  const found = places.flatMap(([name, content]) =>
    secrets
      .filter((secret) => disguises(secret).some((disguise) => content.includes(disguise)))
      .map((secret) => `${secret} in ${name}`),
  );
  expect(found).toEqual([]);
});

it('the data folder is its user’s alone, whatever it was before and whatever the umask, and nothing of it goes into a core', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'placette-'));
  chmodSync(dataDir, 0o755);
  writeFileSync(join(dataDir, 'redis.log'), '', { mode: 0o644 });
  mkdirSync(join(dataDir, 'kept-aside'), { mode: 0o755 });
  const closed = await Server.start({ dataDir, under: ['sh', '-c', 'umask 0; exec "$@"', 'sh'] });
  onTestFinished(() => closed.remove());
  const boss = await manager(closed);
  await open(boss, freshSlot(), 1);
  boss.cut();
  const names = ['', ...readdirSync(dataDir, { recursive: true, encoding: 'utf8' })];
  expect(names.length).toBeGreaterThan(6);
  const seenByOthers = names.filter((name) => (lstatSync(join(dataDir, name)).mode & 0o077) !== 0);
  expect(seenByOthers).toEqual([]);
  for (const pid of [closed.pid, ...closed.redisPids()])
    expect(readFileSync(`/proc/${pid}/limits`, 'utf8')).toMatch(/^Max core file size +0 +0 /m);
});
