import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { wish } from './support/bookings.js';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, microCreche, moulin, office, otherOffice, timezone } from './support/demo.js';
import { admin, manager, newAccount, post, worker } from './support/people.js';
import { key, type Method, type Params, Refusal, Rpc } from './support/rpc.js';
import { samplesOf } from './support/samples.js';
import { index, type Role } from './support/schemas.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

const everybody: Role[] = ['manager', 'worker', 'coordinator', 'admin', 'integrator'];
const facilitySide: Role[] = ['manager', 'integrator'];
const bothSides: Role[] = ['manager', 'integrator', 'worker'];

/** The whole table, written a second time on purpose: a right that is declared wrongly is seen here alone. */
const allowed: Record<Method, Role[]> = {
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
  'availability.close': facilitySide,
  'availability.reopen': facilitySide,
  'availability.advise': ['manager'],
  'availability.applyWeek': facilitySide,
  'availability.history': facilitySide,
  'facility.configure': ['manager'],
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
  'facility.remove': ['admin'],
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

/** Params that the schema takes, with as little effect as can be: of an account that nobody here signs in with. */
function paramsFor(method: Method): never {
  const [params] = samplesOf(method).valid;
  return {
    ...params,
    ...(method !== 'account.create' && params && 'account' in params && { account: victim }),
  } as never;
}

const victim = 'victim@test';
let server: Server;
const tokens = {} as Record<Role, string>;

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
  await boss.call('account.create', { account: victim, key: key(), name: 'Essai', roles: ['worker'] });
  await boss.close();
});
afterAll(() => server.remove());

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
  const expected = (methods: { name: Method }[]) =>
    Object.fromEntries(methods.map(({ name }) => [name, allowed[name].includes(role) ? 'allowed' : 'forbidden']));

  it('over a WebSocket', async () => {
    const rpc = await Rpc.connect(server, { token: tokens[role] });
    const seen: Record<string, string> = {};
    for (const { name } of index.methods) seen[name] = await outcome(rpc.ask(name, paramsFor(name)));
    expect(seen).toEqual(expected(index.methods));
    rpc.cut();
  });

  it('over /rpc', async () => {
    const methods = index.methods.filter(({ subscription }) => !subscription);
    const seen: Record<string, string> = {};
    for (const { name } of methods) seen[name] = await outcome(post(server, tokens[role], name, paramsFor(name)));
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
        ['availability.close', { from: cell.date, reason: 'staff', key: key() }],
        ['availability.reopen', { from: cell.date, key: key() }],
        ['availability.applyWeek', { from: cell.date, weeks: 1, key: key() }],
        ['availability.history', { date: cell.date }],
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

  it('what is unknown, and what is of a territory that one does not see, are the same: not found', async () => {
    const boss = await admin(server);
    const other = { id: 'elsewhere', name: 'Ailleurs', timezone };
    await boss.call('territory.import', { key: key(), document: { territory: other } });
    const far = (account: Omit<Params<'account.create'>, 'key' | 'name'>) =>
      until('the territory is known', () =>
        newAccount(boss, { ...account, territories: [other.id] }).catch(() => undefined),
      );
    const strangers = [
      await far({ account: 'far-manager@test', roles: ['manager'], facilities: [microCreche] }),
      await far({ account: 'far-worker@test', roles: ['worker'], offices: [otherOffice] }),
    ];
    const [manages, works] = await Promise.all(strangers.map((token) => Rpc.connect(server, { token })));
    const cell = { date: openDay(2), period: 'matin', section: 'moyens' };
    for (const [rpc, method, params] of [
      [manages, 'availability.set', { cells: [{ ...cell, open: 1 }], key: key() }],
      [manages, 'availability.adjust', { cells: [{ ...cell, by: 1 }], key: key() }],
      [manages, 'availability.confirm', { from: cell.date, to: cell.date, key: key() }],
      [manages, 'booking.list', {}],
      [manages, 'booking.subscribe', {}],
      [works, 'booking.hold', wish({ ...cell, facility: lucioles })],
      [works, 'booking.create', wish({ ...cell, facility: lucioles })],
    ] as const) {
      const answers = [];
      for (const facility of ['unknown', lucioles])
        answers.push((await rpc!.refused(method, { ...params, facility })).data);
      expect(answers[0], method).toMatchObject({ type: 'urn:placette:problem:not_found', field: 'facility' });
      expect(answers[1], method).toEqual(answers[0]);
    }
    for (const method of ['booking.list', 'booking.subscribe']) {
      const answers = [];
      for (const named of ['unknown', office]) answers.push((await works!.refused(method, { office: named })).data);
      expect(answers[0], method).toMatchObject({ type: 'urn:placette:problem:not_found', field: 'office' });
      expect(answers[1], method).toEqual(answers[0]);
    }
    for (const rpc of [boss, manages!, works!]) rpc.cut();
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

  it.each([
    ['who is a manager now', { roles: ['manager' as const], facilities: [microCreche] }],
    ['who sees the territory no longer', { territories: ['elsewhere-too'] }],
  ])('what was booked for an office is nothing to one of its former workers: %s', async (_, change) => {
    const boss = await admin(server);
    const elsewhere = { id: 'elsewhere-too', name: 'Ailleurs', timezone };
    await boss.call('territory.import', { key: key(), document: { territory: elsewhere } });
    const account = `former-${key()}@test`;
    const token = await newAccount(boss, { account, roles: ['worker'], offices: [office] });
    const [owner, before] = [await manager(server), await Rpc.connect(server, { token })];
    const slot = freshSlot();
    await open(owner, slot, 1);
    const { booking } = await before.call('booking.create', wish(slot));
    await until('the territory is known', () =>
      boss.call('account.update', { account, key: key(), ...change }).catch(() => undefined),
    );
    await before.closed; // with another scope it is to come back

    const former = await Rpc.connect(server, { token });
    const its = { booking: booking.id };
    expect((await former.refused('booking.get', its)).problem).toBe('not_found');
    const cancel = { ...its, key: key(), reason: 'ill' };
    expect((await former.refused('booking.cancel', cancel)).problem).toBe('not_found');
    expect((await former.call('booking.list', {})).bookings).toEqual([]);
    expect(['forbidden', 'not_found']).toContain((await former.refused('booking.list', { office })).problem);
    expect(['forbidden', 'not_found']).toContain((await former.refused('booking.subscribe', { office })).problem);
    const { booking: untouched } = await (await worker(server)).call('booking.get', its);
    expect(untouched.state).toBe('confirmed');
    for (const rpc of [boss, owner, former]) rpc.cut();
  });

  it('a token of another account is an administrator’s affair', async () => {
    const esco = await worker(server);
    for (const method of ['token.create', 'token.list']) {
      const params = {
        account: accounts.manager,
        ...(method === 'token.create' && { key: key(), name: 'essai', password: 'demo' }),
      };
      expect((await esco.refused(method, params)).problem, method).toBe('forbidden');
    }
    esco.cut();
  });
});
