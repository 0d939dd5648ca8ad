import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlacetteClient } from '../src/index.js';
import { Refusal, silence, worker } from './scripted-server.js';
import { waitFor, withServer } from './setup.js';

const context = withServer();

const hellos = () => context.server.calls('session.hello').length;

describe('connecting', () => {
  test('says hello and is online', async () => {
    const client = context.client({ client: 'test' });
    const states: string[] = [];
    client.on('state', (state) => states.push(state));
    expect(client.state).toBe('idle');
    const hello = await client.connect();
    expect(hello.server).toBe('scripted');
    expect(states).toEqual(['connecting', 'online']);
    expect(context.server.connection.socket.protocol).toBe('placette.v1');
    expect(context.server.calls('session.hello')[0]?.params).toMatchObject({ client: 'test' });
  });

  test('signs in with its token before hello, again after each cut', async () => {
    const client = context.client({ token: 'secret' });
    await client.connect();
    context.server.cut();
    await waitFor(() => expect(context.server.received.length).toBe(4));
    expect(context.server.received.map(({ method }) => method)).toEqual([
      'session.authenticate',
      'session.hello',
      'session.authenticate',
      'session.hello',
    ]);
    expect(context.server.received[0]?.params).toEqual({ token: 'secret' });
  });

  test('breaks with the problem if the token is refused', async () => {
    context.server.answer('session.authenticate', () => {
      throw new Refusal('unauthenticated');
    });
    const client = context.client({ token: 'wrong' });
    await expect(client.connect()).rejects.toMatchObject({
      name: 'PlacetteProblem',
      type: 'unauthenticated',
    });
    expect(client.state).toBe('closed');
  });

  test('signs in later, and tells who it is', async () => {
    context.server.hello.user = null;
    const client = context.client();
    const users: unknown[] = [];
    client.on('user', (user) => users.push(user));
    await client.connect();
    expect(client.user).toBeNull();
    context.server.hello.user = worker;
    expect(await client.signIn({ token: 'secret' })).toEqual(worker);
    expect(users).toEqual([worker]);
  });

  test('waits for a server that is not there yet', async () => {
    const { url } = context.server;
    await context.server.stop();
    const client = new PlacetteClient({ url, random: () => 0 });
    const states: string[] = [];
    client.on('state', (state) => states.push(state));
    const connected = client.connect();
    await waitFor(() => expect(states).toContain('waiting'));
    client.close();
    await expect(connected).rejects.toMatchObject({ type: 'disconnected' });
  });
});

describe('coming back', () => {
  test.each([1000, 1001, 1012, 1013, 4001, 4002, 4003, 4499])('after close code %i', async (code) => {
    const client = context.client();
    await client.connect();
    context.server.connection.socket.close(code);
    await waitFor(() => expect(context.server.connections.length).toBe(2));
    await waitFor(() => expect(client.state).toBe('online'));
  });

  test.each([4500, 4501, 4999])('not after close code %i', async (code) => {
    const client = context.client();
    const closed = new Promise((resolve) => client.on('close', (...args) => resolve(args)));
    await client.connect();
    context.server.connection.socket.close(code, 'no');
    expect(await closed).toEqual([code, 'no']);
    expect(client.state).toBe('closed');
    await expect(client.call('account.list', {})).rejects.toMatchObject({
      type: 'disconnected',
      temporary: false,
    });
  });

  test('waits longer with each failure, and less than its ceiling', async () => {
    const client = context.client({ random: () => 0.1 });
    await client.connect();
    const cuts: number[] = [];
    for (let cut = 0; cut < 3; cut++) {
      const before = Date.now();
      context.server.cut();
      await waitFor(() => expect(context.server.connections.length).toBe(cut + 2));
      await waitFor(() => expect(client.state).toBe('online'));
      cuts.push(Date.now() - before);
    }
    expect(cuts[0]).toBeGreaterThanOrEqual(45);
    expect(cuts[1]).toBeGreaterThanOrEqual(95);
    expect(cuts[2]).toBeGreaterThanOrEqual(195);
  });

  test('after a drain waits as long as the server asks, and still answers calls', async () => {
    context.server.answer('account.list', () => ({ accounts: [] }));
    const client = context.client();
    await client.connect();
    const states: string[] = [];
    client.on('state', (state) => states.push(state));
    const before = Date.now();
    context.server.connection.notify('server.draining', { reconnectAfterMs: 150 });
    await waitFor(() => expect(client.state).toBe('draining'));
    expect(await client.call('account.list', {})).toEqual({ accounts: [] });
    context.server.connection.socket.close(4001);
    await waitFor(() => expect(states).toEqual(['draining', 'waiting', 'connecting', 'online']));
    expect(Date.now() - before).toBeGreaterThanOrEqual(145);
  });

  test('closed before it was begun, it leaves nobody waiting', async () => {
    const client = context.client();
    const board = client.watchBoard({ territory: 'plaine', days: 1 });
    const call = client.call('account.list', {});
    client.close();
    await expect(call).rejects.toMatchObject({ type: 'disconnected' });
    await expect(board.ready).rejects.toThrow('closed');
  });

  test('can be begun anew after close', async () => {
    const client = context.client();
    await client.connect();
    client.close();
    expect(client.state).toBe('closed');
    await client.connect();
    expect(client.state).toBe('online');
  });
});

describe('a connection that has fallen quiet', () => {
  test('is asked for a sign of life, not before', async () => {
    const client = context.client({ timing: { heartbeat: 100 } });
    await client.connect();
    const begun = Date.now();
    await waitFor(() => expect(hellos()).toBe(3));
    expect(Date.now() - begun).toBeGreaterThanOrEqual(195);
    expect(client.state).toBe('online');
    expect(context.server.connections.length).toBe(1);
  });

  test('is given up if it gives none', async () => {
    const client = context.client({ timing: { heartbeat: 50, reply: 50 } });
    await client.connect();
    context.server.answer('session.hello', () => silence);
    await waitFor(() => expect(context.server.connections.length).toBe(2));
    expect(hellos()).toBeGreaterThanOrEqual(2);
  });
});

describe('a device that sleeps', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  async function quiet() {
    let passed = 0;
    const client = context.client({ now: () => Date.now() + passed });
    await client.connect();
    return {
      client,
      /** Time passes for clocks and timers alike. */
      async pass(ms: number) {
        for (const end = passed + ms; passed < end;) {
          passed += 5_000;
          await vi.advanceTimersByTimeAsync(5_000);
        }
      },
      /** Time passes, and no timer runs. */
      sleep: (ms: number) => void (passed += ms),
    };
  }
  const page = Object.assign(new EventTarget(), { visibilityState: 'visible' });
  beforeEach(() => vi.stubGlobal('document', page));
  afterEach(() => void vi.unstubAllGlobals());

  /** A board that was live, and each status that it has had since. */
  async function watching() {
    const { client, pass, sleep } = await quiet();
    const script = { subscription: 's', epoch: 'e', offset: 1, asOf: '2026-11-24T16:00:00Z', storeAvailable: true };
    const rest = { recovered: true, source: 'memory' as const, facilities: [], cells: [] };
    context.server.answer('board.subscribe', () => ({ ...script, ...rest }));
    const board = client.watchBoard({ territory: 'plaine', days: 1, from: '2026-11-24' });
    await board.ready;
    const statuses: string[] = [];
    board.on('status', (status) => statuses.push(`${status} ${hellos()}`));
    return { board, statuses, pass, sleep, heardAt: client.serverNow() };
  }

  test('it says of when it is, and asks at once when it is looked at', async () => {
    const { board, statuses, sleep, heardAt } = await watching();
    sleep(3_600_000);
    page.dispatchEvent(new Event('visibilitychange'));
    expect(statuses).toEqual(['stale 1']);
    expect(Math.abs(Date.parse(board.asOf!) - heardAt)).toBeLessThan(2_000);
    await waitFor(() => expect(statuses).toEqual(['stale 1', 'live 2']));
  });

  test('also where nobody tells that it is over', async () => {
    const { statuses, sleep } = await watching();
    sleep(3_600_000);
    await vi.advanceTimersByTimeAsync(5_000);
    await waitFor(() => expect(statuses).toEqual(['stale 1', 'live 2']));
  });

  test('nothing is asked of a page that was only looked away from', async () => {
    const { statuses, pass } = await watching();
    page.dispatchEvent(new Event('visibilitychange'));
    await pass(20_000);
    expect(statuses).toEqual([]);
    expect(hellos()).toBe(1);
  });
});

test('tells when the store goes away and comes back', async () => {
  const client = context.client();
  const told: boolean[] = [];
  client.on('storeAvailable', (available) => told.push(available));
  await client.connect();
  context.server.connection.notify('store.changed', { available: false });
  context.server.connection.notify('store.changed', { available: true });
  await waitFor(() => expect(told).toEqual([false, true]));
});

test("the device's clock may be set: the time stays the server's", async () => {
  const client = context.client();
  await client.connect();
  const before = client.serverNow();
  for (const hours of [1, -1]) {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + hours * 3_600_000 });
    expect(client.serverNow() - before).toBeLessThan(5_000);
    expect(client.serverNow()).toBeGreaterThanOrEqual(before);
    vi.useRealTimers();
  }
});

test('another person signs in beside it: the views of the first end', async () => {
  const position = { subscription: 's', epoch: 'e', offset: 1, asOf: '2026-11-24T16:00:00Z', storeAvailable: true };
  context.server.answer('booking.subscribe', () => ({
    ...position,
    recovered: false,
    source: 'snapshot',
    territories: [{ territory: 't', epoch: 'e', offset: 1, from: '2026-11-23', facilities: [], offices: ['o'] }],
    bookings: [],
  }));
  const client = context.client();
  await client.connect();
  const bookings = client.watchBookings({});
  await bookings.ready;
  const users: unknown[] = [];
  client.on('user', (user) => users.push(user?.id));
  context.server.hello.user = { ...worker, id: 'paul@demo' };
  context.server.cut();
  await waitFor(() => expect(users).toEqual(['paul@demo']));
  expect(bookings.status).toBe('closed');
  await client.call('account.list', {}).catch(() => {});
  expect(context.server.calls('booking.subscribe').length).toBe(1);
});

test("knows the server's time", async () => {
  context.server.now = () => Date.now() + 3_600_000;
  const client = context.client();
  await client.connect();
  expect(Math.abs(client.serverNow() - context.server.now())).toBeLessThan(1000);
});
