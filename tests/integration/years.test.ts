import { readdirSync, readFileSync, mkdtempSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { MovingClock } from '../another_day/moving_clock.mjs';
import { wish } from './support/bookings.js';
import { createToken } from './support/command.js';
import { freshSlot, open, read } from './support/cells.js';
import { accounts, office, territory } from './support/demo.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let folder: string;
let clock: MovingClock;
let server: Server;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'placette-clock-'));
  clock = new MovingClock(folder);
  // The sanitizer wants to be the first library, and is the second now: nothing that it replaces is replaced here.
  const sanitizer = `verify_asan_link_order=0:${process.env.ASAN_OPTIONS ?? 'quarantine_size_mb=4'}`;
  const env = { ...clock.environment, ASAN_OPTIONS: sanitizer };
  server = await Server.start({ env, args: ['--keep-days=60', '--keep-contact-days=7'] });
});
afterAll(async () => {
  await server.remove();
  rmSync(folder, { recursive: true });
});

const redis = (...args: string[]) =>
  String(execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args])).trim();
const keys = (pattern: string) => redis('--scan', '--pattern', pattern).split('\n').filter(Boolean);
const files = () => {
  const appended = join(server.dataDir, 'appendonlydir');
  return readdirSync(appended).map((name) => readFileSync(join(appended, name), 'latin1'));
};
const longest = (texts: string[]) => texts.reduce((one, other) => (other.length > one.length ? other : one));
const day = 24 * 3600;

it('what is over leaves the boards, the store and its files, and nothing else is left of it', async () => {
  const slot = freshSlot();
  const people = [accounts.manager, accounts.worker].map(async (account) =>
    Rpc.connect(server, { token: await createToken(server, account) }),
  );
  const [boss, esco] = (await Promise.all(people)) as [Rpc, Rpc];
  await open(boss, slot, 9);
  const contact = { informed: true, firstNames: 'Lina', phone: '03 53 01 02 03' };
  const params = wish(slot, { contact });
  const { booking } = await esco.call('booking.create', params);
  const { booking: lapsing } = await esco.call('booking.hold', wish(slot));
  const { booking: cancelled } = await esco.call('booking.create', wish(slot));
  await esco.call('booking.cancel', { booking: cancelled.id, key: key(), reason: 'ill' });
  const stored = JSON.parse(redis('GET', `{${territory}}:booking:${booking.id}`));
  const sealed = longest(stored.contact.split(/[^a-z0-9]/i)); // what JSON escapes is in no other form then
  expect(files().some((text) => text.includes(sealed))).toBe(true);
  const list = async (rpc: Rpc) => (await rpc.call('booking.list', { office })).bookings.map(({ id }) => id);

  // The day of care, and more than a week: holds that ran out, and contacts.
  clock.forward((Date.parse(slot.date) - clock.now) / 1000 + 9 * day);
  const state = async () => (await esco.call('booking.get', { booking: lapsing.id })).booking.state;
  await until('the hold has run out', async () => (await state()) === 'expired');
  clock.forward(2 * day);
  await until('the hold is forgotten', async () => !(await list(esco)).includes(lapsing.id));
  const contactOf = async () => (await esco.call('booking.get', { booking: booking.id })).booking.contact;
  await until('the contact is erased', async () => !(await contactOf()));
  expect(await read(boss, slot)).toMatchObject({ open: 9, vip: 1 });
  await until('no key record is left', () => keys(`{${territory}}:key:*`).length === 0);

  // Boards begin 31 days ago.
  clock.forward(30 * day);
  await until('the board has let the day go', async () => (await read(boss, slot)) === undefined);
  expect(await list(esco)).toContain(booking.id);

  // Two months after the care.
  clock.forward(30 * day);
  await until('the booking is erased', async () => !(await list(esco)).includes(booking.id));
  const ofBookings = ['booking', 'day', 'cells', 'case', 'office', 'facility'].map(
    (kind) => `{${territory}}:${kind}:*`,
  );
  await until('nothing is left of it', () => ofBookings.flatMap(keys).length === 0);
  expect(
    keys(`{${territory}}:*`)
      .map((name) => name.replace(/^.*}:/, ''))
      .sort(),
  ).toEqual(['contacts', 'head', 'log', 'logged', 'marks', 'territory'].sort());
  await until('the files have forgotten it, too', () => !files().some((text) => text.includes(sealed)));
});
