import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, microCreche, moulin, office, otherOffice, territory } from './support/demo.js';
import { admin, manager, newAccount, post, worker } from './support/people.js';
import { key, type Method, Refusal, Rpc } from './support/rpc.js';
import { index } from './support/schemas.js';
import { Server } from './support/server.js';

type RoleName = 'manager' | 'worker' | 'coordinator' | 'admin' | 'integrator';
const everybody: RoleName[] = ['manager', 'worker', 'coordinator', 'admin', 'integrator'];
const facilitySide: RoleName[] = ['manager', 'integrator'];
const bothSides: RoleName[] = ['manager', 'integrator', 'worker'];

/** The whole table: who may call what. */
const allowed: Record<Method, RoleName[]> = {
  'session.hello': everybody,
  'session.authenticate': everybody,
  'board.get': everybody,
  'board.subscribe': everybody,
  'board.unsubscribe': everybody,
  'facility.list': everybody,
  'territory.get': everybody,
  'availability.set': facilitySide,
  'availability.adjust': facilitySide,
  'availability.confirm': facilitySide,
  'booking.acknowledge': facilitySide,
  'booking.attendance': facilitySide,
  'booking.hold': ['worker'],
  'booking.create': ['worker'],
  'booking.confirm': ['worker'],
  'booking.extend': ['worker'],
  'booking.release': ['worker'],
  'booking.cancel': bothSides,
  'booking.get': bothSides,
  'booking.list': bothSides,
  'booking.subscribe': bothSides,
  'booking.unsubscribe': bothSides,
  'facility.upsert': ['admin'],
  'territory.import': ['admin'],
  'account.create': ['admin'],
  'account.list': ['admin'],
  'account.update': ['admin'],
  'account.resetPassword': ['admin'],
  'account.password': everybody,
  'token.create': everybody,
  'token.list': everybody,
  'token.revoke': everybody,
};

/** Params that the schema takes, with as little effect as can be. */
function paramsFor(method: Method, token: string): object {
  const date = openDay(3);
  const cell = { date, period: 'matin', section: 'moyens' };
  const slot = { facility: lucioles, ...cell };
  const booking = `${territory}.01ARZ3NDEKTSV4RRFFQ69G5FAV`;
  const facility = {
    id: 'essai',
    name: 'Essai',
    kind: 'halte_garderie',
    commune: { insee: '21292', name: 'Genlis' },
    sections: [{ id: 'tous', name: 'Tous', minAgeMonths: 3, maxAgeMonths: 36 }],
    periods: [{ id: 'matin', name: 'Matin', start: '08:00', end: '12:00', days: ['mon'] }],
  };
  const { office: _, purpose: __, caseRef: ___, ...hold } = { office, ...wish(slot) };
  const board = { territory, from: date, days: 1 };
  const params: Record<Method, object> = {
    'session.hello': { client: 'tests', version: '1' },
    'session.authenticate': { token },
    'board.get': board,
    'board.subscribe': board,
    'board.unsubscribe': { subscription: 'unknown' },
    'facility.list': {},
    'territory.get': { territory },
    'availability.set': { facility: lucioles, key: key(), cells: [{ ...cell, open: 5 }] },
    'availability.adjust': { facility: lucioles, key: key(), cells: [{ ...cell, by: 1 }] },
    'availability.confirm': { facility: lucioles, key: key(), from: date, to: date },
    'booking.acknowledge': { booking, key: key() },
    'booking.attendance': { booking, key: key(), place: 0, outcome: 'attended' },
    'booking.hold': hold,
    'booking.create': wish(slot),
    'booking.confirm': { booking, key: key() },
    'booking.extend': { booking, key: key() },
    'booking.release': { booking, key: key() },
    'booking.cancel': { booking, key: key(), reason: 'ill' },
    'booking.get': { booking },
    'booking.list': {},
    'booking.subscribe': {},
    'booking.unsubscribe': { subscription: 'unknown' },
    'facility.upsert': { territory, key: key(), facility },
    'territory.import': {
      document: { territory: { id: territory, name: 'Plaine Dijonnaise', timezone: 'Europe/Paris' } },
      dryRun: true,
    },
    'account.create': { account: `a-${key().slice(0, 8)}@test`, key: key(), name: 'Essai', roles: ['worker'] },
    'account.list': {},
    'account.update': { account: 'victim@test', key: key() },
    'account.resetPassword': { account: 'victim@test', key: key() },
    'account.password': { key: key(), current: 'not the password', password: 'a long enough one' },
    'token.create': { key: key(), name: 'essai' },
    'token.list': {},
    'token.revoke': { key: key(), id: 'unknown' },
  };
  return params[method];
}

let server: Server;
const tokens = {} as Record<RoleName, string>;

beforeAll(async () => {
  server = await Server.start();
  const boss = await admin(server);
  for (const role of ['manager', 'worker', 'coordinator', 'admin'] as const) {
    tokens[role] = await createToken(server, accounts[role]);
  }
  tokens.integrator = await newAccount(boss, {
    account: 'software@test',
    roles: ['integrator'],
    facilities: [lucioles],
  });
  await boss.call('account.create', { account: 'victim@test', key: key(), name: 'Essai', roles: ['worker'] });
  await boss.close();
});
afterAll(() => server.remove());

it('the table names every method', () => {
  expect(Object.keys(allowed).sort()).toEqual(index.methods.map(({ name }) => name).sort());
});

const outcome = async (answer: Promise<unknown>): Promise<string> => {
  try {
    await answer;
    return 'allowed';
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return error.problem === 'forbidden' ? 'forbidden' : 'allowed';
  }
};

describe.each(everybody)('a %s', (role) => {
  const expected = (methods: Method[]) =>
    Object.fromEntries(methods.map((method) => [method, allowed[method].includes(role) ? 'allowed' : 'forbidden']));
  const all = Object.keys(allowed) as Method[];

  it('over a WebSocket', async () => {
    const rpc = await Rpc.connect(server, { token: tokens[role] });
    const seen: Record<string, string> = {};
    for (const method of all) seen[method] = await outcome(rpc.ask(method, paramsFor(method, tokens[role])));
    expect(seen).toEqual(expected(all));
    rpc.cut();
  });

  it('over /rpc', async () => {
    const methods = all.filter((method) => !/\.(un)?subscribe$/.test(method));
    const seen: Record<string, string> = {};
    for (const method of methods) {
      seen[method] = await outcome(post(server, tokens[role], method, paramsFor(method, tokens[role]) as never));
    }
    expect(seen).toEqual(expected(methods));
  });
});

describe('what is of others', () => {
  it('a facility is forbidden', async () => {
    const software = await Rpc.connect(server, { token: tokens.integrator });
    for (const [rpc, facility] of [
      [await manager(server), microCreche],
      [software, moulin],
    ] as const) {
      const section = facility === microCreche ? 'tous' : 'moyens';
      const cell = { date: openDay(2), period: 'matin', section };
      for (const [method, params] of [
        ['availability.set', { cells: [{ ...cell, open: 1 }], key: key() }],
        ['availability.adjust', { cells: [{ ...cell, by: 1 }], key: key() }],
        ['availability.confirm', { from: cell.date, to: cell.date, key: key() }],
        ['booking.list', {}],
        ['booking.subscribe', {}],
      ] as const) {
        expect((await rpc.refused(method, { facility, ...params })).problem, method).toBe('forbidden');
      }
      rpc.cut();
    }
  });

  it('an office is forbidden', async () => {
    const esco = await worker(server);
    for (const [method, params] of [
      ['booking.hold', wish({ facility: lucioles, date: openDay(2), period: 'matin', section: 'moyens' })],
      ['booking.create', wish({ facility: lucioles, date: openDay(2), period: 'matin', section: 'moyens' })],
      ['booking.list', {}],
      ['booking.subscribe', {}],
    ] as const) {
      expect((await esco.refused(method, { ...params, office: otherOffice })).problem, method).toBe('forbidden');
    }
    esco.cut();
  });

  it('the other side is forbidden', async () => {
    const [boss, esco] = [await manager(server), await worker(server)];
    expect((await boss.refused('booking.list', { office })).problem).toBe('forbidden');
    expect((await esco.refused('booking.list', { facility: lucioles })).problem).toBe('forbidden');
    for (const rpc of [boss, esco]) rpc.cut();
  });

  it('a booking is not found', async () => {
    const boss = await admin(server);
    const strangers = [
      await newAccount(boss, { account: 'micro@test', roles: ['manager'], facilities: [microCreche] }),
      await newAccount(boss, { account: 'auxonne@test', roles: ['worker'], offices: [otherOffice] }),
    ];
    const [owner, esco] = [await manager(server), await worker(server)];
    const slot = freshSlot();
    await open(owner, slot, 1);
    const { booking } = await esco.call('booking.create', wish(slot));
    for (const token of strangers) {
      const stranger = await Rpc.connect(server, { token });
      expect((await stranger.refused('booking.get', { booking: booking.id })).problem).toBe('not_found');
      const cancel = { booking: booking.id, key: key(), reason: 'ill' };
      expect((await stranger.refused('booking.cancel', cancel)).problem).toBe('not_found');
      stranger.cut();
    }
    const micro = await Rpc.connect(server, { token: strangers[0]! });
    expect((await micro.refused('booking.acknowledge', { booking: booking.id, key: key() })).problem).toBe('not_found');
    for (const rpc of [boss, owner, esco, micro]) rpc.cut();
  });

  it('a token of another account is an administrator’s affair', async () => {
    const esco = await worker(server);
    for (const method of ['token.create', 'token.list']) {
      const params = { account: accounts.manager, ...(method === 'token.create' && { key: key(), name: 'essai' }) };
      expect((await esco.refused(method, params)).problem, method).toBe('forbidden');
    }
    esco.cut();
  });
});
