import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { CellName, Facility } from '../../client-js/sdk/src/generated/messages.js';
import { open, read } from './support/cells.js';
import { command, spawnCommand } from './support/command.js';
import { openDay, plusDays, today, weekdayOf } from './support/days.js';
import { accounts, lucioles, office, territory } from './support/demo.js';
import { http, postSession } from './support/http.js';
import { byName, nameOf } from './support/mirror.js';
import { manager, post } from './support/people.js';
import { redisPids } from './support/processes.js';
import { Rpc } from './support/rpc.js';
import { demoDocument } from './support/settings.js';
import { Server, type ServerOptions, ServerProcess } from './support/server.js';
import { until, within } from './support/until.js';

const servers: Server[] = [];
const folders: string[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.remove();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function start(options: ServerOptions = {}): Promise<Server> {
  const server = await Server.start(options);
  servers.push(server);
  return server;
}
function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'placette-'));
  folders.push(folder);
  return folder;
}
const board = { territory, from: today(), days: 31 };

/** Those of a day on which the facility is open. */
function cellsOn({ id, closures, periods, sections }: Facility, date: string): CellName[] {
  if (closures?.some(({ from, to }) => from <= date && date <= to)) return [];
  return periods
    .filter(({ days }) => days.includes(weekdayOf(date)))
    .flatMap((period) => sections.map((section) => ({ facility: id, date, period: period.id, section: section.id })));
}

const addWorker = (account: string, dataDir: string) =>
  command([
    'account',
    'add',
    account,
    '--name',
    'Camille Exemple',
    '--role',
    'worker',
    '--office',
    office,
    '--data-dir',
    dataDir,
  ]);
const tokenFor = (account: string, dataDir: string) =>
  command(['token', 'create', '--account', account, '--data-dir', dataDir]);

describe('placette account add and token create', () => {
  it('work beside a running server', async () => {
    const server = await start();
    const added = await addWorker('camille@test', server.dataDir);
    expect(added, added.stderr).toMatchObject({ code: 0 });
    const code = added.stdout.trim().split('\n').at(-1)!;
    const answer = await postSession(server.url, {
      account: 'camille@test',
      code,
      password: 'une phrase assez longue',
    });
    expect(answer.status, answer.text).toBe(200);
    const { stdout } = await tokenFor('camille@test', server.dataDir);
    expect(stdout).toMatch(/^\S+\n$/); // the token alone on a line
    const hello = await post(server, stdout.trim(), 'session.hello', { client: 'tests', version: '1' });
    expect(hello.user).toMatchObject({ id: 'camille@test', roles: ['worker'], offices: [office] });
  });

  it('work without one: then the server finds what they made', async () => {
    const dataDir = emptyFolder();
    expect((await command(['import', demoDocument, '--data-dir', dataDir])).code).toBe(0);
    expect((await addWorker('camille@test', dataDir)).code).toBe(0);
    const { stdout } = await tokenFor('camille@test', dataDir);
    expect(redisPids(dataDir)).toEqual([]);
    const server = await start({ dataDir, demo: false });
    const { id } = await post(server, stdout.trim(), 'territory.get', { territory });
    expect(id).toBe(territory);
    const { cells } = await post(server, stdout.trim(), 'board.get', board);
    expect(cells.length).toBeGreaterThan(100);
  });

  it('say what is wrong', async () => {
    const server = await start();
    const unknown = await tokenFor('nobody@test', server.dataDir);
    expect(unknown.code).not.toBe(0);
    expect(unknown.stdout).toBe('');
    expect(unknown.stderr).toContain('nobody@test');
    expect((await addWorker(accounts.worker, server.dataDir)).code).not.toBe(0);
    expect((await command(['no-such-command'])).code).not.toBe(0);
  });
});

describe('placette import', () => {
  it('beside a running server is seen on the board', async () => {
    const server = await start();
    const boss = await manager(server);
    const date = openDay(12);
    const slot = { facility: lucioles, date, period: 'matin', section: 'grands' };
    await boss.call('board.subscribe', { territory, from: date, days: 1 });
    const file = join(emptyFolder(), 'counts.json');
    const { facility, period, section } = slot;
    writeFileSync(
      file,
      JSON.stringify({
        territory: { id: territory, name: 'Plaine Dijonnaise', timezone: 'Europe/Paris' },
        cells: [{ facility, date, period, section, open: 7, reserved: 1 }],
      }),
    );
    const { code, stderr } = await command(['import', file, '--data-dir', server.dataDir]);
    expect(code, stderr).toBe(0);
    await boss.notified('board.delta', ({ cells }) => cells.some(({ open, version }) => open === 7 && version === 1));
    expect(await read(boss, slot)).toMatchObject({ open: 7, reserved: 1, version: 1 });
    boss.cut();
  });

  it('refuses what is no import document', async () => {
    const file = join(emptyFolder(), 'wrong.json');
    for (const text of ['not json', '{}', '{"territory":{"id":"a b"}}']) {
      writeFileSync(file, text);
      const { code, stderr } = await command(['import', file, '--data-dir', emptyFolder()]);
      expect(code).not.toBe(0);
      expect(stderr).not.toBe('');
    }
  });
});

describe('placette serve', () => {
  it('refuses a folder that another server holds', async () => {
    const first = await start();
    const second = new ServerProcess(['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', first.dataDir]);
    const { code } = await within('it ends', second.ended);
    expect(code).not.toBe(0);
    expect(second.output).toContain(first.dataDir);
    expect(first.redisPids()).toHaveLength(1);
    expect((await http(first.url, '/readyz')).status).toBe(200);
  });

  it('refuses a port that is taken, and leaves no Redis behind', async () => {
    const first = await start();
    const dataDir = emptyFolder();
    const second = new ServerProcess(['serve', '--demo', '--listen', `127.0.0.1:${first.port}`, '--data-dir', dataDir]);
    const { code } = await within('it ends', second.ended);
    expect(code).not.toBe(0);
    expect(second.output).toContain(String(first.port));
    expect(redisPids(dataDir)).toEqual([]);
  });

  it('stops on SIGINT and SIGTERM, with its Redis', async () => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const server = await start();
      expect(server.redisPids()).toHaveLength(1);
      expect(await server.process.end(signal)).toMatchObject({ code: 0 });
      expect(server.redisPids()).toEqual([]);
    }
  });

  it('keeps its folder to itself', async () => {
    const dataDir = join(emptyFolder(), 'data');
    await start({ dataDir });
    expect(statSync(dataDir).mode & 0o077).toBe(0);
  });
});

describe('a demo', () => {
  it('that starts again changes no cell', async () => {
    const server = await start();
    const boss = await manager(server);
    await open(boss, { facility: lucioles, date: openDay(1), period: 'matin', section: 'moyens' }, 9);
    const before = await boss.call('board.get', board);
    boss.cut();
    await server.stop();

    servers.splice(0, 1, await server.again());
    const again = await manager(servers[0]!);
    const after = await again.call('board.get', board);
    expect(byName(after.cells)).toEqual(byName(before.cells));
    expect(after.epoch).not.toBe(before.epoch);
    again.cut();
  });

  it('has counts of every facility on its open days for two weeks, and on no other', async () => {
    const server = await start();
    const boss = await manager(server);
    const from = today();
    const { facilities, cells } = await boss.call('board.get', { territory, from, days: 14 });
    expect(facilities).toHaveLength(7);
    const dates = Array.from({ length: 14 }, (_, n) => plusDays(from, n));
    const open = facilities.flatMap((facility) => dates.flatMap((date) => cellsOn(facility, date).map(nameOf)));
    expect(cells.map(nameOf).sort()).toEqual(open.sort());
    for (const { confirmedAt, version } of cells) {
      expect(confirmedAt).not.toBeNull();
      expect(version).toBe(1);
    }
    boss.cut();
  });
});

describe('what an operator does with accounts and tokens', () => {
  const admin = (...args: string[]) => command([...args, '--data-dir', server.dataDir]);
  const list = async () =>
    JSON.parse((await admin('account', 'list', '--json')).stdout) as { id: string; roles: string[] }[];
  let server: Server;

  it('is done beside a running server, and takes effect in it', async () => {
    server = await start();
    expect((await addWorker('Camille@Test', server.dataDir)).code).toBe(0);
    const listed = await admin('account', 'list');
    expect(listed.stdout).toMatch(/^camille@test {2}worker {2}Camille Exemple {2}offices=esco-genlis$/m);
    expect((await list()).map(({ id }) => id)).toContain('camille@test');

    const token = (await tokenFor('camille@test', server.dataDir)).stdout.trim();
    const before = await Rpc.connect(server, { token });
    expect((await admin('account', 'update', 'camille@test', '--name', 'Camille Martin')).code).toBe(0);
    expect((await within('it begins anew', before.closed)).code).toBe(1013);
    const rpc = await Rpc.connect(server, { token });
    const hello = await rpc.call('session.hello', { client: 'tests', version: '1' });
    expect(hello.user?.name).toBe('Camille Martin');

    expect((await admin('account', 'disable', 'camille@test')).code).toBe(0);
    expect((await within('its session ends', rpc.closed)).code).toBe(4500);
    expect((await admin('account', 'list')).stdout).toMatch(/^camille@test {2}DISABLED/m);
    expect((await admin('account', 'enable', 'CAMILLE@test')).code).toBe(0);

    const { stdout } = await admin('account', 'reset', 'camille@test');
    const code = stdout.trim().split('\n').at(-1)!;
    const answer = await postSession(server.url, {
      account: ' Camille@test',
      code,
      password: 'une phrase assez longue',
    });
    expect(answer.status, answer.text).toBe(200);
  });

  it('lists tokens without their secrets, and ends them', async () => {
    server = await start();
    const secret = (await tokenFor(accounts.worker, server.dataDir)).stdout.trim();
    const rpc = await Rpc.connect(server, { token: secret });
    const listed = await admin('token', 'list', '--account', accounts.worker);
    expect(listed.stdout).toMatch(/^[0-9a-f]{64} {2}command line {2}made \S+ {2}used \S+ {2}ends \S+$/m);
    expect(listed.stdout).not.toContain(secret);
    const [token] = JSON.parse((await admin('token', 'list', '--account', accounts.worker, '--json')).stdout);
    expect((await admin('token', 'revoke', token.id)).code).toBe(0);
    expect((await within('its session ends', rpc.closed)).code).toBe(4500);
    expect((await admin('token', 'revoke', token.id)).code).toBe(1);
    await admin('token', 'create', '--account', accounts.worker, '--days', '3');
    const [brief] = JSON.parse((await admin('token', 'list', '--account', accounts.worker, '--json')).stdout);
    expect(Date.parse(brief.expiresAt) - Date.now()).toBeLessThan(3 * 24 * 3600_000);
  });

  it.each([
    ['--facility', 'no-such', /facilities: there is no no-such/],
    ['--office', 'no-such', /offices: there is no no-such/],
    ['--territory', 'no-such', /territories: there is no no-such/],
    ['--role', 'chief', /roles: must be manager/],
  ])('an account of %s %s is refused', async (option, value, words) => {
    server = await start();
    const { code, stderr } = await admin('account', 'add', 'a@b', '--name', 'A', '--role', 'worker', option, value);
    expect(code).toBe(1);
    expect(stderr).toMatch(words);
    expect((await list()).map(({ id }) => id)).not.toContain('a@b');
  });

  it('the last administrator stays one', async () => {
    server = await start();
    for (const how of [
      ['disable', accounts.admin],
      ['update', accounts.admin, '--role', 'worker'],
    ])
      expect((await admin('account', ...how)).stderr).toContain('the last administrator');
    expect((await admin('account', 'add', 'other@test', '--name', 'Other', '--role', 'admin')).code).toBe(0);
    expect((await admin('account', 'disable', accounts.admin)).code).toBe(0);
    expect((await admin('account', 'disable', 'other@test')).stderr).toContain('the last administrator');
  });
});

it('a password within an address is not seen by who lists the processes', async () => {
  const process = new ServerProcess(['serve', '--redis', 'redis://:geheim@127.0.0.1:1', '--listen', '127.0.0.1:0']);
  try {
    await until('it has read its line', () => {
      const line = readFileSync(`/proc/${process.pid}/cmdline`, 'utf8');
      return line.includes('redis://:******@127.0.0.1:1') && !line.includes('geheim');
    });
  } finally {
    await process.end('SIGKILL');
  }
});

it('what finds no store makes none', async () => {
  const dataDir = emptyFolder();
  const { code, stderr } = await command(['account', 'list', '--data-dir', dataDir]);
  expect([code, stderr]).toEqual([1, expect.stringContaining('there is no store in')]);
  expect(readdirSync(dataDir)).toEqual([]);
  const server = await start();
  const typo = await command(['token', 'list', '--account', 'typo', '--data-dir', server.dataDir]);
  expect(typo).toMatchObject({ code: 1, stderr: expect.stringContaining('no such account') });
});

it('- is the standard input of an import, and what cannot be read says why', async () => {
  const dataDir = emptyFolder();
  await spawnCommand(['import', '-', '--data-dir', dataDir], readFileSync(demoDocument, 'utf8'));
  const refused = async (file: string) => (await command(['import', file, '--data-dir', dataDir])).stderr;
  expect(await refused(join(dataDir, 'none.json'))).toContain('none.json: No such file');
  expect(await refused(dataDir)).toContain('is a folder');
});
