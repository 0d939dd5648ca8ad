import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PlacetteClient } from '../src/index.js';
import { Refusal, silence, worker } from './scripted-server.js';
import { withServer } from './setup.js';

const context = withServer();

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
    await vi.waitFor(() => expect(context.server.received.length).toBe(4));
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
    await vi.waitFor(() => expect(states).toContain('waiting'));
    client.close();
    await expect(connected).rejects.toMatchObject({ type: 'disconnected' });
  });
});

describe('coming back', () => {
  test.each([1000, 1001, 1012, 1013, 4001, 4002, 4003, 4499])('after close code %i', async (code) => {
    const client = context.client();
    await client.connect();
    context.server.connection.socket.close(code);
    await vi.waitFor(() => expect(context.server.connections.length).toBe(2));
    await vi.waitFor(() => expect(client.state).toBe('online'));
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
      await vi.waitFor(() => expect(context.server.connections.length).toBe(cut + 2), { interval: 5 });
      await vi.waitFor(() => expect(client.state).toBe('online'), { interval: 5 });
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
    await vi.waitFor(() => expect(client.state).toBe('draining'));
    expect(await client.call('account.list', {})).toEqual({ accounts: [] });
    context.server.connection.socket.close(4001);
    await vi.waitFor(() => expect(states).toEqual(['draining', 'waiting', 'connecting', 'online']), { interval: 5 });
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
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] }));
  afterEach(() => void vi.useRealTimers());

  async function quiet() {
    let slept = 0;
    const client = context.client({ now: () => Date.now() + slept });
    await client.connect();
    return {
      client,
      async sleep(ms: number) {
        slept += ms;
        await vi.advanceTimersByTimeAsync(15_000);
      },
    };
  }
  const hellos = () => context.server.calls('session.hello').length;

  test('is asked for a sign of life, not before', async () => {
    const { client, sleep } = await quiet();
    await sleep(30_000);
    expect(hellos()).toBe(1);
    await sleep(15_000);
    await vi.waitFor(() => expect(hellos()).toBe(2));
    expect(client.state).toBe('online');
  });

  test('is given up if it gives none', async () => {
    const { sleep } = await quiet();
    context.server.answer('session.hello', () => silence);
    await sleep(60_000);
    await vi.waitFor(() => expect(hellos()).toBe(2));
    await vi.advanceTimersByTimeAsync(10_001);
    await vi.waitFor(() => expect(context.server.connections.length).toBe(2));
  });
});

test('tells when the store goes away and comes back', async () => {
  const client = context.client();
  const told: boolean[] = [];
  client.on('storeAvailable', (available) => told.push(available));
  await client.connect();
  context.server.connection.notify('store.changed', { available: false });
  context.server.connection.notify('store.changed', { available: true });
  await vi.waitFor(() => expect(told).toEqual([false, true]));
});

test("knows the server's time", async () => {
  context.server.now = () => Date.now() + 3_600_000;
  const client = context.client();
  await client.connect();
  expect(Math.abs(client.serverNow() - context.server.now())).toBeLessThan(1000);
});
