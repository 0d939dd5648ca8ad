import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { PlacetteClient } from '../../client-js/sdk/src/index.js';
import { open } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { lucioles, office, otherOffice, territory } from './support/demo.js';
import { admin, manager, newAccount, worker } from './support/people.js';
import { key, type Result, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { anotherTerritory, booked } from './support/territories.js';
import { until } from './support/until.js';

const vallee = 'vallee';
let server: Server;
let boss: Rpc;
let esco: Rpc;
let there: string;
beforeAll(async () => {
  server = await Server.start();
  boss = await admin(server);
  const owner = await manager(server);
  for (let n = 1; n <= 9; n++)
    await open(owner, { facility: lucioles, date: openDay(n), period: 'matin', section: 'moyens' }, 50);
  there = (await anotherTerritory(boss, vallee)).facility;
  esco = await worker(server);
});
afterAll(() => server.remove());

const redis = (...args: string[]) =>
  execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args], { encoding: 'utf8' }).trim();
const ids = (bookings: { id: string }[]) => bookings.map(({ id }) => id).sort();
const placesOf = (told: { territory: string; epoch: string; offset: number }[]) =>
  told.map(({ territory, epoch, offset }) => ({ territory, epoch, offset }));

it('one subscription follows an office in both its territories, each by its own log', async () => {
  const watcher = await worker(server);
  const before = await booked(esco, there);
  for (const params of [{}, { office }]) {
    const reply = await watcher.call('booking.subscribe', params);
    expect(reply.territories).toMatchObject([
      { territory, offices: [office], facilities: [] },
      { territory: vallee, offices: [office], facilities: [] },
    ]);
    expect(reply).toMatchObject({ epoch: reply.territories[0]!.epoch, offset: reply.territories[0]!.offset });
    expect(ids(reply.bookings)).toContain(before.id);
  }
  for (const facility of [lucioles, there]) {
    const { id } = await booked(esco, facility);
    const told = await watcher.notified('booking.changed', ({ booking }) => booking.id === id);
    expect(told.territory).toBe(facility === there ? vallee : territory);
  }
  // They count as one of the eight; and after its end neither is told of.
  const { subscription } = await watcher.call('booking.subscribe', {});
  for (let n = 1; n <= 7; n++) await watcher.call('board.subscribe', { territory, from: openDay(n), days: 1 });
  expect((await watcher.refused('board.subscribe', { territory, from: openDay(8), days: 1 })).problem).toBe('too_many');
  await watcher.call('booking.unsubscribe', { subscription });
  const toldBefore = watcher.notifications.length;
  await booked(esco, there);
  await watcher.call('booking.list', {});
  const later = watcher.notifications.slice(toldBefore).map(({ method }) => method);
  expect(later).not.toContain('booking.changed');
  watcher.cut();
});

it('one of them alone, where it is named', async () => {
  const [far, near] = [await booked(esco, there), await booked(esco, lucioles)];
  for (const params of [{ territory: vallee }, { office, territory: vallee }]) {
    const watcher = await worker(server);
    const { territories, bookings } = await watcher.call('booking.subscribe', params);
    expect(territories.map(({ territory }) => territory)).toEqual([vallee]);
    expect(ids(bookings)).toContain(far.id);
    expect(ids(bookings)).not.toContain(near.id);
    expect(ids((await watcher.call('booking.list', params)).bookings)).toEqual(ids(bookings));
    watcher.cut();
  }
  for (const method of ['booking.list', 'booking.subscribe']) {
    const nowhere = await esco.refused(method, { territory: 'nowhere' });
    expect(nowhere.data).toMatchObject({ type: 'urn:placette:problem:invalid_params', field: 'territory' });
  }
});

it('a list goes over both, page by page, and misses none where what may be seen grows meanwhile', async () => {
  const made: string[] = [];
  for (let n = 0; n < 80; n++) made.push((await booked(esco, n % 2 ? there : lucioles, 2 + (n % 6))).id);
  const listed: string[] = [];
  let cursor: string | undefined;
  for (let n = 0; n === 0 || cursor; n++) {
    const page = await esco.call('booking.list', { ...(cursor && { cursor }) });
    listed.push(...page.bookings.map(({ id }) => id));
    cursor = page.cursor;
    if (n === 0) await anotherTerritory(boss, 'a-third');
  }
  expect(new Set(listed).size).toBe(listed.length);
  expect(listed).toEqual(expect.arrayContaining(made));
});

it('goes on in both after a break; where one cannot, all is told anew', async () => {
  const first = await worker(server);
  const { territories } = await first.call('booking.subscribe', {});
  first.cut();
  const missed = [await booked(esco, lucioles), await booked(esco, there)];
  const since = placesOf(territories);
  const resume = async (since: unknown) => {
    const rpc = await worker(server);
    const reply = (await rpc.ask('booking.subscribe', { since })) as Result<'booking.subscribe'>;
    rpc.cut();
    return reply;
  };
  const reply = await resume(since);
  expect(reply).toMatchObject({ recovered: true, source: 'memory' });
  expect(ids(reply.bookings)).toEqual(ids(missed));
  const [here, far, ...others] = since;
  for (const partial of [
    [here],
    [here, { ...far!, epoch: 'another' }, ...others],
    [here, { ...far!, offset: far!.offset + 100 }, ...others],
    { epoch: here!.epoch, offset: here!.offset },
  ]) {
    const anew = await resume(partial);
    expect(anew, JSON.stringify(partial)).toMatchObject({ recovered: false, source: 'snapshot' });
    expect(ids(anew.bookings)).toEqual(expect.arrayContaining(ids(missed)));
  }
});

it('ends when the log of one is not the one that was read, and goes on with the other', async () => {
  const watcher = await worker(server);
  const { subscription, territories } = await watcher.call('booking.subscribe', {});
  const offset = 1 + Number(redis('GET', `{${vallee}}:head`));
  redis('SET', `{${vallee}}:head`, `${offset}`);
  redis('XADD', `{${vallee}}:log`, `${offset}-0`, 'cells', 'no cell');
  await watcher.notified('board.reset', (params) => params.subscription === subscription);
  const { id } = await until('it is read anew', () => booked(esco, there).catch(() => undefined));
  const again = await until('it is there again', () =>
    watcher.call('booking.subscribe', { since: placesOf(territories) }).catch(() => undefined),
  );
  expect(ids(again.bookings)).toContain(id);
  const { id: next } = await booked(esco, lucioles);
  await watcher.notified('booking.changed', ({ booking }) => booking.id === next);
  watcher.cut();
});

it('an office that comes to a territory is followed there too, by whoever followed it', async () => {
  const token = await newAccount(boss, { account: 'auxonne@test', roles: ['worker'], offices: [otherOffice] });
  const watcher = await Rpc.connect(server, { token });
  const manages = await manager(server);
  await manages.call('booking.subscribe', {});
  const { subscription } = await watcher.call('booking.subscribe', {});
  const { facility } = await anotherTerritory(boss, 'comes-later', [otherOffice]);
  const { reason } = await watcher.notified('board.reset', (params) => params.subscription === subscription);
  expect(reason).toBe('scope');
  const reply = await until('it is loaded', () => watcher.call('booking.subscribe', {}).catch(() => undefined));
  expect(reply.territories.map(({ territory }) => territory)).toEqual([territory, 'comes-later']);
  const { id } = await booked(watcher, facility);
  await watcher.notified('booking.changed', ({ booking }) => booking.id === id);
  // It is nothing to those who follow others.
  expect(manages.notifications.map(({ method }) => method)).not.toContain('board.reset');
  for (const rpc of [watcher, manages]) rpc.cut();
});

it('what the account may see no more is gone from a view that goes on, and what it may see now is there', async () => {
  const account = 'moves@test';
  await newAccount(boss, { account, roles: ['worker'], offices: [office], territories: [territory, vallee] });
  const token = await createToken(server, account);
  const placette = new PlacetteClient({ url: server.url, token });
  placette.on('error', () => {});
  await placette.connect();
  const live = placette.watchBookings();
  await live.ready;
  const [near, far] = [await booked(esco, lucioles, 8), await booked(esco, there, 8)];
  await until('both are there', () => live.bookings.has(near.id) && live.bookings.has(far.id));
  await boss.call('account.update', { account, key: key(), territories: [vallee] });
  await until('only the one is left', () => !live.bookings.has(near.id) && live.status === 'live');
  expect(live.territories).toEqual([vallee]);
  expect(live.bookings.has(far.id)).toBe(true);
  await boss.call('account.update', { account, key: key(), territories: [territory, vallee] });
  await until('both are there again', () => live.bookings.has(near.id) && live.bookings.has(far.id));
  placette.close();
});
