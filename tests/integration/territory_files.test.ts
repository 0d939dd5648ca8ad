// Territories and counts as files: what is wrong with one is told all at once, what is exported comes back.
import { chownSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { caseRef, wish } from './support/bookings.js';
import { open, read } from './support/cells.js';
import { command } from './support/command.js';
import { openDay } from './support/days.js';
import { lucioles, office, territory } from './support/demo.js';
import { admin, manager, worker } from './support/people.js';
import { key, type Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { demoDocument } from './support/settings.js';
import { until } from './support/until.js';

const parent = mkdtempSync(join(tmpdir(), 'placette-'));
let files = 0;
const file = (name: string, content: string | Buffer) => {
  const path = join(parent, `${++files}-${name}`);
  writeFileSync(path, content);
  return path;
};
const folder = () => join(parent, `folder-${++files}`);

let server: Server;
let administrator: Rpc;
let boss: Rpc;
let esco: Rpc;
beforeAll(async () => {
  server = await Server.start();
  [administrator, boss, esco] = await Promise.all([admin(server), manager(server), worker(server)]);
});
afterAll(async () => {
  await server.remove();
  rmSync(parent, { recursive: true, force: true });
});
const head = { id: territory, name: 'Plaine Dijonnaise', timezone: 'Europe/Paris' };
const placette = (...args: string[]) => command([...args, '--data-dir', server.dataDir]);

describe('a document', () => {
  const house = (changes: object) => ({
    ...JSON.parse(readFileSync(demoDocument, 'utf8')).facilities[0],
    id: 'les-essais',
    name: 'Les Essais',
    ...changes,
  });
  const faulty = {
    territory: head,
    offices: [{ id: 'A', name: 'A', kind: 'bureau' }],
    facilities: [house({ kind: 'creche', sections: [{ id: 'a', name: 'A', minAgeMonths: 20, maxAgeMonths: 2 }] })],
    cells: [{ facility: 'les-essais', date: '2026-13-01', period: 'matin', section: 'a', open: -1 }],
  };
  const told = [
    'offices[0].id: must be an id: [a-z0-9-]{1,64}',
    expect.stringMatching(/^offices\[0\]\.kind: must be one of esco, point_relais_emploi, /),
    expect.stringMatching(/^facilities\[0\]\.kind: must be one of multi_accueil, /),
    'facilities[0].sections[0].maxAgeMonths: must be above minAgeMonths',
    'cells[0].open: must be an integer, 0 to 999',
    'cells[0].date: must be a date, e.g. 2026-11-24',
  ];

  it('is refused with all that is wrong with it', async () => {
    const refusal = await administrator.refused('territory.import', { document: faulty as never, key: key() });
    expect(refusal.problem).toBe('invalid_params');
    const { problems, field, detail } = refusal.data;
    const lines = problems!.map((one) => `${one.field}: ${one.detail}`.replace(/^document\./, ''));
    expect(lines).toEqual(told);
    expect({ field, detail }).toEqual(problems![0]);

    const path = file('faulty.json', JSON.stringify(faulty));
    const { code, stderr } = await placette('import', path);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual(
      told.map((line) => (typeof line === 'string' ? `${path}: ${line}` : expect.anything())),
    );
  });

  it('that cannot be meant is refused, what is odd is told and taken', async () => {
    const odd = house({
      commune: { insee: '75101', name: 'Paris' },
      sections: [
        { id: 'petits', name: 'Petits', minAgeMonths: 2, maxAgeMonths: 20 },
        { id: 'grands', name: 'Grands', minAgeMonths: 15, maxAgeMonths: 36 },
      ],
    });
    const wrong = house({ commune: { insee: '00123', name: 'Nulle part' }, bring: ['un doudou', 'un doudou'] });
    const refusal = await administrator.refused('territory.import', {
      document: { territory: head, facilities: [wrong] },
      key: key(),
    });
    expect(refusal.data.problems!.map(({ field }) => field)).toEqual([
      'document.facilities[0].commune.insee',
      'document.facilities[0].bring[1]',
    ]);
    const upsert = await administrator.refused('facility.upsert', { territory, key: key(), facility: wrong });
    expect(upsert.data.field).toBe('facility.commune.insee');

    const taken = await administrator.call('territory.import', {
      document: { territory: head, facilities: [odd] },
      key: key(),
    });
    expect(taken).toMatchObject({ created: 1, skipped: 0 });
    expect(taken.problems).toEqual([
      expect.objectContaining({ field: 'facilities[0].sections[1]', warning: true }),
      { field: 'facilities[0].commune.insee', detail: "75101 is none of the territory's communes", warning: true },
    ]);
    await administrator.call('facility.remove', { facility: 'les-essais', key: key() });
  });

  it('takes an office or a commune away, and refuses it while it is in use', async () => {
    const added = {
      territory: { ...head, communes: [{ insee: '21231', name: 'Dijon' }] },
      offices: [{ id: 'pour-voir', name: 'Pour voir', kind: 'esco', commune: '21231' }],
    } as const;
    await administrator.call('territory.import', { document: added as never, key: key() });
    const remove = (gone: object) => ({ document: { territory: head, remove: gone } as never, key: key() });
    const inUse = await administrator.refused('territory.import', remove({ communes: ['21231'] }));
    expect(inUse.data).toMatchObject({
      field: 'document.remove.communes[0]',
      detail: '21231 is the commune of pour-voir',
    });

    const slot = { facility: lucioles, date: openDay(15), period: 'matin', section: 'moyens' };
    await open(boss, slot, 3);
    const { booking } = await esco.call('booking.create', wish(slot, { caseRef: caseRef() }));
    const awaited = await administrator.refused('territory.import', remove({ offices: [office] }));
    expect(awaited.problem).toBe('below_committed');
    expect(awaited.data.bookings).toEqual([booking.id]);

    const gone = await administrator.call('territory.import', remove({ offices: ['pour-voir'], communes: ['21231'] }));
    expect(gone).toMatchObject({ created: 0, changed: 2 });
    const { offices, communes } = await administrator.call('territory.get', { territory });
    expect(offices.map(({ id }) => id)).not.toContain('pour-voir');
    expect(communes.map(({ insee }) => insee)).not.toContain('21231');
    expect(offices.map(({ id }) => id)).toContain(office);
  });
});

describe('a spreadsheet of counts', () => {
  const [year, month, day] = openDay(3).split('-');
  const slot = { facility: lucioles, date: openDay(3), period: 'matin', section: 'bebes' };

  /** The program writes to the store; the server shows it a moment later. */
  const shows = (wanted: { open: number; reserved?: number }) =>
    until('the board shows it', async () => {
      const { open, reserved } = (await read(boss, slot))!;
      return open === wanted.open && (wanted.reserved ?? reserved) === reserved;
    });

  it('is taken as it is saved in France', async () => {
    const lines = `structure;date;créneau;section;places;dont insertion\r\nLES LUCIOLES;${day}/${month}/${year};Matin;Bébés;7;2\r\n`;
    const path = file('places.csv', Buffer.from(lines, 'latin1'));
    const { code, stdout, stderr } = await placette('import', path);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/^0 created, 1 changed, 0 skipped\n$/);
    await shows({ open: 7, reserved: 2 });
  });

  it('is refused with all that is wrong with it, line by line, and nothing of it is done', async () => {
    const path = fileURLToPath(new URL('../cases/counts.csv', import.meta.url));
    const { code, stderr } = await placette('import', path);
    expect(code).toBe(1);
    expect(stderr.trim().split('\n')).toEqual([
      expect.stringContaining("line 4: structure: there is no « L'Île aux Câlins »: "),
      `${path}: line 5: date: « 32/12/2026 » is no day, as 01/12/2026`,
      `${path}: line 6: places: « deux » is no number of 0 to 999`,
    ]);
  });

  it('of a typical week stands for the days of a span', async () => {
    const weekday = new Intl.DateTimeFormat('fr-FR', { weekday: 'long', timeZone: 'UTC' });
    const name = weekday.format(new Date(`${openDay(3)}T12:00:00Z`));
    const path = file('semaine.csv', `structure;jour;créneau;section;places\nLes Lucioles;${name};matin;bebes;5\n`);
    const span = ['--from', openDay(3), '--to', openDay(4)];
    const { code, stderr } = await placette('import', path, ...span);
    expect(code, stderr).toBe(0);
    await shows({ open: 5 });
    expect((await placette('import', path)).stderr).toContain('a typical week needs its first and last day');
  });
});

it('what is exported comes back as the same, but for what a manager has closed', async () => {
  await administrator.call('territory.import', {
    document: { territory: { ...head, alsaceMoselle: true } },
    key: key(),
  });
  const date = openDay(6);
  const closed = { facility: lucioles, date, period: 'matin', section: 'grands' };
  await open(boss, closed, 2);
  await boss.call('availability.close', {
    ...{ facility: lucioles, from: date, periods: ['matin'], sections: ['grands'] },
    ...{ reason: 'staff', key: key() },
  });

  const once = await placette('export');
  expect(once, once.stderr).toMatchObject({ code: 0 });
  expect(once.stderr).toMatch(/^1 counts are left out: .*closed by hand/m);
  const document = JSON.parse(once.stdout);
  expect(document.territory.alsaceMoselle).toBe(true);
  expect(document.cells.length).toBeGreaterThan(100);
  const ofThatDay = document.cells.filter((cell: typeof closed) => cell.facility === lucioles && cell.date === date);
  expect(ofThatDay).not.toContainEqual(expect.objectContaining(closed));
  const dataDir = folder();
  const back = await command(['import', file('export.json', once.stdout), '--data-dir', dataDir]);
  expect(back, back.stderr).toMatchObject({ code: 0, stdout: expect.stringMatching(/ 0 changed, 0 skipped\n$/) });
  const again = await command(['export', '--territory', territory, '--data-dir', dataDir]);
  expect(again.stdout).toBe(once.stdout);
  expect((await placette('export', '--territory', 'nowhere')).stderr).toContain('there is no territory nowhere');
});

it.runIf(process.getuid!() === 0)('a command that root runs leaves nothing of root’s in another’s folder', async () => {
  const dataDir = folder();
  await command(['import', demoDocument, '--data-dir', dataDir]);
  const [uid, gid] = [65_534, 65_534];
  const all = () => ['', ...(readdirSync(dataDir, { recursive: true }) as string[])].map((name) => join(dataDir, name));
  for (const path of all()) chownSync(path, uid, gid);
  chownSync(parent, uid, gid); // the way to it
  rmSync(join(dataDir, 'lock'));
  const { code, stderr } = await command(['account', 'list', '--data-dir', dataDir]);
  expect(code, stderr).toBe(0);
  expect(all().filter((path) => lstatSync(path).uid !== uid)).toEqual([]);
});
