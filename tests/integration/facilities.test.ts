import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { freshSlot } from './support/cells.js';
import { today } from './support/days.js';
import { lucioles, managed, moulin, ribambelle, territory, timezone } from './support/demo.js';
import { everything } from './support/people.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

let server: Server;
let token: string;
beforeAll(async () => {
  server = await Server.start({ args: ['--threads', '4'] });
  token = await everything(server);
});
afterAll(() => server.remove());

const connected = () => Rpc.connect(server, { token });
const several = (howMany: number) => Promise.all(Array.from({ length: howMany }, connected));

const facility = async (rpc: Rpc, id: string) =>
  (await rpc.call('facility.list', { territory })).facilities.find((one) => one.id === id)!;

async function enter(rpc: Rpc, id: string, change: { phone?: string; access?: string }) {
  await rpc.call('facility.upsert', { territory, key: key(), facility: { ...(await facility(rpc, id)), ...change } });
}

const phoneOf = (n: number) => `03 80 00 01 ${String(n).padStart(2, '0')}`;

it('sees at once what it has entered, and soon what others have entered since', async () => {
  const sessions = await several(8); // on several threads
  for (const [n, rpc] of sessions.entries()) {
    await enter(rpc, lucioles, { phone: phoneOf(n) });
    expect((await facility(rpc, lucioles)).phone).toBe(phoneOf(n));
  }
  for (const rpc of sessions) {
    await until('what the last one entered is seen', async () => (await facility(rpc, lucioles)).phone === phoneOf(7));
  }
});

it('a session that has written nothing sees it too, soon', async () => {
  const [writer, reader] = await several(2);
  await enter(writer!, moulin, { phone: phoneOf(42) });
  await until('the other session sees it', async () => (await facility(reader!, moulin)).phone === phoneOf(42));
});

it('keeps what several enter at the same time', async () => {
  const sessions = await several(managed.length);
  for (let n = 0; n < 20; n++) {
    const access = `Bus ${n}`;
    await Promise.all(sessions.map((rpc, i) => enter(rpc, managed[i]!, { access })));
    for (const [i, rpc] of sessions.entries()) {
      expect((await facility(rpc, managed[i]!)).access).toBe(access);
      for (const id of managed) {
        await until('what the others entered is seen', async () => (await facility(rpc, id)).access === access);
      }
    }
  }
});

it('turns nobody away of a crowd that enters at the same time', async () => {
  const sessions = await several(24);
  const present = await facility(sessions[0]!, lucioles);
  await Promise.all(
    sessions.flatMap((rpc, i) =>
      [0, 1, 2, 3].map((n) =>
        rpc.call('facility.upsert', { territory, key: key(), facility: { ...present, access: `Bus ${i}, ${n}` } }),
      ),
    ),
  );
});

it('an id is one facility’s in the whole store, whichever territory comes first', async () => {
  const boss = await connected();
  const taken = { ...(await facility(boss, moulin)), id: 'another-place' };
  const other = { id: '200000926', name: 'Ailleurs', timezone: 'Europe/Paris' };
  await boss.call('territory.import', { key: key(), document: { territory: other, facilities: [taken] } });
  const refused = await boss.refused('facility.upsert', { territory, key: key(), facility: taken });
  expect(refused.data).toMatchObject({ type: 'urn:placette:problem:invalid_params', field: 'facility.id' });
  expect(await facility(boss, taken.id)).toBeUndefined();
});

it('an import that only brings counts changes no facility; one that brings a facility does', async () => {
  const boss = await connected();
  const { name } = await boss.call('territory.get', { territory });
  const head = { id: territory, name, timezone };
  const slot = freshSlot();
  const counted = { facility: slot.facility, date: slot.date, period: slot.period, section: slot.section, open: 5 };
  const { facilities } = await boss.call('facility.list', { territory });
  const counts = await boss.call('territory.import', { key: key(), document: { territory: head, cells: [counted] } });
  expect(counts).toMatchObject({ created: 1, changed: 0, skipped: 0 });
  expect((await boss.call('facility.list', { territory })).facilities).toEqual(facilities);

  const changed = { ...(await facility(boss, lucioles)), phone: phoneOf(77) };
  const document = { territory: head, facilities: [changed], cells: [{ ...counted, open: 6 }] };
  const both = await boss.call('territory.import', { key: key(), document });
  expect(both).toMatchObject({ created: 0, changed: 2, skipped: 0 });
  expect((await facility(boss, lucioles)).phone).toBe(phoneOf(77));
});

it('an import tells what it changes of the territory itself', async () => {
  const boss = await connected();
  const head = { id: territory, name: 'La Plaine', timezone };
  const report = await boss.call('territory.import', { key: key(), document: { territory: head } });
  expect(report).toMatchObject({ created: 0, changed: 1 });
  expect((await boss.call('territory.get', { territory })).name).toBe('La Plaine');
});

// The last: threads come back to the store each in its own time.
it('takes the document of another Redis process for what it is', async () => {
  const writer = await connected();
  await enter(writer, ribambelle, { phone: phoneOf(1) });
  await enter(writer, lucioles, { phone: phoneOf(1) });
  const redis = (...args: string[]) =>
    String(execFileSync('redis-cli', ['-s', join(server.dataDir, 'redis.sock'), ...args])).trimEnd();
  const stored = `{${territory}}:territory`;
  const field = `facility:${lucioles}`;
  const phone = phoneOf(2);
  // As if it had lost this entry, and got another from elsewhere.
  const another = JSON.stringify({ ...JSON.parse(redis('HGET', stored, field)), phone });
  redis('HSET', stored, field, another, 'revision', 'of-another-node');
  const { epoch } = await writer.call('board.get', { territory, from: today(), days: 1 });

  process.kill(server.redisPids()[0]!, 'SIGKILL');
  await until('the board is of another epoch', async () => {
    const board = await writer.call('board.get', { territory, from: today(), days: 1 });
    return board.epoch !== epoch;
  });
  expect((await facility(writer, lucioles)).phone).toBe(phone);
  await until('the store takes what is entered', () =>
    enter(writer, ribambelle, { phone: phoneOf(3) }).then(
      () => true,
      () => false,
    ),
  );
  expect((await facility(writer, lucioles)).phone).toBe(phone);
  expect((await facility(writer, ribambelle)).phone).toBe(phoneOf(3));
});
