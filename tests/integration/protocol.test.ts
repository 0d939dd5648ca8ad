import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { freshSlot, open, read } from './support/cells.js';
import { createToken } from './support/command.js';
import { today } from './support/days.js';
import { accounts, lucioles, managed, territory } from './support/demo.js';
import { expectFrench } from './support/french.js';
import { signIn } from './support/http.js';
import { manager } from './support/people.js';
import { type ConnectOptions, key, Refusal, Rpc } from './support/rpc.js';
import { index } from './support/schemas.js';
import { Server } from './support/server.js';
import { until, within } from './support/until.js';

let server: Server;
let token: string;
const opened: Rpc[] = [];

beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
});
afterEach(() => opened.splice(0).forEach((rpc) => rpc.cut()));
afterAll(() => server.remove());

async function connect(options: ConnectOptions = {}): Promise<Rpc> {
  const rpc = await Rpc.connect(server, options);
  opened.push(rpc);
  return rpc;
}
const signedIn = () => connect({ token });
const hello = { client: 'tests', version: '1' };
const problemOf = (reply: any) => reply.error?.data.type.replace('urn:placette:problem:', '');

describe('subprotocol', () => {
  it('another one is closed with 4501', async () => {
    const rpc = await connect({ protocol: 'placette.v2', token });
    expect((await within('it closes', rpc.closed)).code).toBe(4501);
  });

  it('none at all is taken for placette.v1', async () => {
    const rpc = await connect({ protocol: undefined, token });
    expect((await rpc.call('session.hello', hello)).user?.id).toBe(accounts.manager);
    expect(rpc.socket.protocol).toBe('');
  });
});

describe('before sign-in', () => {
  it('answers hello, with no user', async () => {
    const rpc = await connect();
    const result = await rpc.call('session.hello', hello);
    expect(result.user).toBeNull();
    expect(result.limits).toMatchObject({
      frameBytes: 256 * 1024,
      frameBytesBeforeSignIn: 16 * 1024,
      batch: 50,
      subscriptions: 8,
      cells: 500,
      places: 60,
      holdSeconds: 300,
    });
  });

  it('answers no other method', async () => {
    const rpc = await connect();
    for (const { name } of index.methods.filter(({ name }) => !name.startsWith('session.'))) {
      expect((await rpc.refused(name, {})).problem, name).toBe('unauthenticated');
    }
  });

  it('authenticates over the open connection, also after a wrong token', async () => {
    const rpc = await connect();
    expect((await rpc.refused('session.authenticate', { token: 'wrong' })).problem).toBe('unauthenticated');
    const { user } = await rpc.call('session.authenticate', { token });
    expect(user).toMatchObject({ id: accounts.manager, roles: ['manager'], offices: [] });
    expect([...user.facilities].sort()).toEqual([...managed].sort());
    expect((await rpc.call('session.hello', hello)).user?.id).toBe(accounts.manager);
  });

  it('closes with 4500 on a wrong bearer', async () => {
    const rpc = await connect({ token: 'wrong' });
    expect((await within('it closes', rpc.closed, 13_000)).code).toBe(4500);
  });

  it('closes with 4500 after ten seconds without sign-in', async () => {
    const rpc = await connect();
    await rpc.call('session.hello', hello); // is no sign-in
    expect((await within('it closes', rpc.closed, 13_000)).code).toBe(4500);
  });

  it('closes with 1009 above 16 KiB', async () => {
    const rpc = await connect();
    rpc.send(
      JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'session.hello',
        params: { ...hello, client: 'x'.repeat(17_000) },
      }),
    );
    expect((await within('it closes', rpc.closed)).code).toBe(1009);
  });
});

describe('frames', () => {
  it('takes 256 KiB after sign-in, and no more', async () => {
    const rpc = await signedIn();
    const padded = (bytes: number) => {
      const call = JSON.stringify({ jsonrpc: '2.0', id: 'big', method: 'session.hello', params: hello });
      return call + ' '.repeat(bytes - call.length);
    };
    const reply = rpc.nextMessage();
    rpc.send(padded(256 * 1024));
    expect(await reply).toMatchObject({ id: 'big', result: { user: { id: accounts.manager } } });
    rpc.send(padded(256 * 1024 + 1));
    expect((await within('it closes', rpc.closed)).code).toBe(1009);
  });

  it('answers what is not JSON with id null, and stays', async () => {
    const rpc = await signedIn();
    for (const text of ['', '{', 'bonjour', '{"jsonrpc":"2.0",}', '\u0000']) {
      const reply = rpc.nextMessage();
      rpc.send(text);
      const message = await reply;
      expect(message.id).toBeNull();
      expect(message.error).toMatchObject({ code: -32700, message: 'parse_error' });
    }
    await rpc.call('session.hello', hello);
  });
});

describe('frames that are no text', () => {
  it.each([
    ['binary', { binary: true }, Buffer.from('{}'), 1003],
    ['not UTF-8', { binary: false }, Buffer.from([0x22, 0xff, 0x22]), 1007],
  ] as const)('%s: closed', async (_, options, frame, code) => {
    const rpc = await signedIn();
    rpc.socket.send(frame, options);
    expect((await within('it closes', rpc.closed)).code).toBe(code);
  });
});

describe('calls', () => {
  it.each([1, 0, -1, 2 ** 53 - 1, -(2 ** 53 - 1), '', 'a', 'é'.repeat(32)])('echoes the id %j', async (id) => {
    const rpc = await signedIn();
    const reply = rpc.nextMessage();
    rpc.send({ jsonrpc: '2.0', id, method: 'session.hello', params: hello });
    expect(await reply).toMatchObject({ jsonrpc: '2.0', id, result: {} });
  });

  it.each([1.5, true, {}, [[]], null, 'é'.repeat(33), 2 ** 54])('refuses the id %j', async (id) => {
    const rpc = await signedIn();
    const reply = rpc.nextMessage();
    rpc.send({ jsonrpc: '2.0', id, method: 'session.hello', params: hello });
    expect(await reply).toMatchObject({ id: null, error: { code: -32600, message: 'invalid_request' } });
  });

  it.each([
    { id: 1, method: 'session.hello', params: hello },
    { jsonrpc: '1.0', id: 1, method: 'session.hello', params: hello },
    { jsonrpc: '2.0', id: 1 },
    { jsonrpc: '2.0', id: 1, method: 7 },
    { jsonrpc: '2.0', id: 1, method: 'session.hello', params: 'text' },
    7,
    'text',
    null,
  ])('refuses the envelope %j', async (envelope) => {
    const rpc = await signedIn();
    const reply = rpc.nextMessage();
    rpc.send(JSON.stringify(envelope));
    expect((await reply).error).toMatchObject({ code: -32600, message: 'invalid_request' });
  });

  it.each(['nothing', 'board', 'need.register', 'plan.search', 'booking.approve', 'journal.list'])(
    'knows no method %s',
    async (method) => {
      const rpc = await signedIn();
      const refusal = await rpc.refused(method, {});
      expect(refusal.problem).toBe('unknown_method');
      expect(refusal.code).toBe(-32601);
    },
  );

  it('executes a call without id, and does not answer it', async () => {
    const rpc = await signedIn();
    const slot = freshSlot();
    await open(rpc, slot, 3);
    const messages: any[] = [];
    rpc.on('message', (message) => messages.push(message));
    const { facility, date, period, section } = slot;
    const params = { facility, key: key(), cells: [{ date, period, section, by: 1 }] };
    rpc.send({ jsonrpc: '2.0', method: 'availability.adjust', params });
    rpc.send({ jsonrpc: '2.0', method: 'no.such.method', params });
    await until('the count is 4', async () => (await read(rpc, slot))?.open === 4);
    expect(messages.filter(({ id, error }) => id === undefined || error)).toEqual([]);
  });

  it('tells problems as RFC 9457 documents with a French title', async () => {
    const rpc = await signedIn();
    const { data, code, problem } = await rpc.refused('board.get', { territory, from: today(), days: 32 });
    expect(problem).toBe('invalid_params');
    expect(code).toBe(-32602);
    expect(data).toMatchObject({ status: 422, field: 'days', temporary: false });
    expectFrench(data.title);
  });
});

describe('batches', () => {
  const call = (id: number, method = 'session.hello', params: object = hello) => ({
    jsonrpc: '2.0',
    id,
    method,
    params,
  });

  async function answerTo(frame: unknown): Promise<any> {
    const rpc = await signedIn();
    const reply = rpc.nextMessage();
    rpc.send(JSON.stringify(frame));
    return reply;
  }

  it('answers as one array, in order, whatever each needs', async () => {
    const slow = call(1, 'board.get', { territory, from: today(), days: 31 });
    const answer = await answerTo([slow, call(2), call(3, 'no.such'), call(4, 'territory.get', { territory }), 5]);
    expect(answer).toHaveLength(5);
    expect(answer.map(({ id }: any) => id)).toEqual([1, 2, 3, 4, null]);
    expect(answer.map(problemOf)).toEqual([undefined, undefined, 'unknown_method', undefined, 'invalid_request']);
  });

  it('starts the calls in order: writes take effect so', async () => {
    const rpc = await signedIn();
    const { facility, date, period, section } = freshSlot();
    const outcomes = await rpc.batch(
      Array.from({ length: 50 }, (_, n) => ({
        method: 'availability.set',
        params: { facility, key: key(), force: true, cells: [{ date, period, section, open: n, expectedVersion: n }] },
      })),
    );
    expect(outcomes.filter(({ status }) => status !== 'fulfilled')).toEqual([]);
  });

  it('takes 50, not 51', async () => {
    const many = (n: number) => Array.from({ length: n }, (_, id) => call(id));
    expect(await answerTo(many(50))).toHaveLength(50);
    expect(await answerTo(many(51))).toMatchObject({ id: null, error: { message: 'too_many' } });
  });

  it('refuses an empty one with a single error', async () => {
    expect(await answerTo([])).toMatchObject({ id: null, error: { message: 'invalid_request' } });
  });

  it('answers only those with an id; nothing if none has one', async () => {
    const rpc = await signedIn();
    const silent = { jsonrpc: '2.0', method: 'session.hello', params: hello };
    const reply = rpc.nextMessage();
    rpc.send([silent, silent]);
    rpc.send([silent, call(7)]);
    expect(await reply).toMatchObject([{ id: 7, result: {} }]);
  });
});

it('refuses with a Refusal that carries the cells', async () => {
  const rpc = await signedIn();
  const slot = freshSlot();
  const { version } = await open(rpc, slot, 1);
  const { facility, ...cell } = slot;
  const params = { facility, key: key(), cells: [{ ...cell, open: 2, expectedVersion: version + 1 }] };
  const refusal = await rpc.refused('availability.set', params);
  expect(refusal).toBeInstanceOf(Refusal);
  expect(refusal.problem).toBe('version_conflict');
  expect(refusal.data.cells).toEqual([slot]);
});

it('gives a cookie on a WebSocket only to its own pages', async () => {
  const cookie = await signIn(server.url, accounts.manager);
  for (const [origin, user] of [
    [server.url, accounts.manager],
    ['https://elsewhere.example', undefined],
  ] as const) {
    const rpc = await connect({ cookie, origin });
    expect((await rpc.call('session.hello', hello)).user?.id).toBe(user);
  }
  const without = await connect({ cookie });
  expect((await without.call('session.hello', hello)).user).toBeNull();
});

it('gives a manager the browser, too', async () => {
  const rpc = await manager(server);
  opened.push(rpc);
  expect((await rpc.call('session.hello', hello)).user?.facilities).toContain(lucioles);
});
