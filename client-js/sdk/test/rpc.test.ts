import type { ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PlacetteRpc, type RpcOptions } from '../src/index.js';
import { cellOf } from './scripted-server.js';
import { ScriptedHttp } from './scripted-http.js';

let http: ScriptedHttp;
beforeEach(async () => {
  http = await ScriptedHttp.start();
});
afterEach(() => http.stop());

const pusher = (options: Partial<RpcOptions> = {}) =>
  new PlacetteRpc({ url: http.url, token: 'secret', random: () => 0, ...options });
const asked = () => http.asked.map(({ body }) => JSON.parse(body));
const keys = () => asked().map(({ params }) => params.key);

const set = {
  facility: 'lucioles',
  cells: [{ date: '2026-11-25', period: 'matin', section: 'moyens', open: 2 }],
};
const done = { cells: [cellOf(1)], epoch: 'a', offset: 1 };
const reply = (response: ServerResponse, ...replies: object[]) =>
  response.setHeader('content-type', 'application/json').end(JSON.stringify(replies.length > 1 ? replies : replies[0]));
const result = (id = 0, result: object = done) => ({ jsonrpc: '2.0', id, result });
const problem = (name: string, more: object = {}) => {
  const document = { title: 'Refusé.', status: 409, detail: name, temporary: false, ...more };
  return { type: `urn:placette:problem:${name}`, ...document };
};
const refusal = (name: string, more: object = {}, id = 0) => ({
  jsonrpc: '2.0',
  id,
  error: { code: -32000, message: name, data: problem(name, more) },
});

/** Answers each request in turn, the last one again and again. */
function answer(...script: ((response: ServerResponse) => void)[]): void {
  http.answer = (_, response) => (script.length > 1 ? script.shift() : script[0])?.(response);
}

describe('a call', () => {
  test('is one request, with the token and a key', async () => {
    answer((response) => reply(response, result()));
    expect(await pusher().call('availability.set', set)).toEqual(done);
    expect(http.asked[0]).toMatchObject({
      url: '/rpc',
      headers: { authorization: 'Bearer secret', 'content-type': 'application/json' },
    });
    const params = { ...set, key: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    expect(asked()).toEqual([{ jsonrpc: '2.0', id: 0, method: 'availability.set', params }]);
  });

  test('that is refused throws the problem', async () => {
    answer((response) => reply(response, refusal('below_committed', { field: 'cells[0].open' })));
    await expect(pusher().call('availability.set', set)).rejects.toMatchObject({
      name: 'PlacetteProblem',
      type: 'below_committed',
      field: 'cells[0].open',
    });
    expect(http.asked.length).toBe(1);
  });

  test('asks a provider for the token of each request', async () => {
    answer((response) => reply(response, result()));
    let made = 0;
    const rpc = pusher({ token: async () => `token ${++made}` });
    await rpc.call('availability.set', set);
    await rpc.call('availability.set', set);
    expect(http.asked.map(({ headers }) => headers.authorization)).toEqual(['Bearer token 1', 'Bearer token 2']);
  });
});

describe('is repeated with its key', () => {
  test.each<[string, (response: ServerResponse) => void]>([
    ['a line that is cut', (response) => response.socket?.destroy()],
    [
      'an answer that is cut',
      (response) => response.writeHead(200, { 'content-length': 99 }).write('{"jsonrpc"') && response.socket?.destroy(),
    ],
    ['a gateway that has no server', (response) => response.writeHead(502).end('<html>Bad Gateway</html>')],
    ['a page of somebody between', (response) => response.end('<html>Bienvenue</html>')],
    ['an unknown outcome', (response) => reply(response, refusal('outcome_unknown', { temporary: true }))],
    ['a store that is away', (response) => reply(response, refusal('store_unavailable', { temporary: true }))],
    ['a fault of the server', (response) => reply(response, refusal('internal'))],
    [
      'a rate limit',
      (response) =>
        response
          .writeHead(429, { 'content-type': 'application/problem+json' })
          .end(JSON.stringify(problem('rate_limited', { temporary: true, retryAfterMs: 10 }))),
    ],
    ['an answer for nobody', (response) => reply(response, result(7))],
  ])('after %s', async (_, failure) => {
    answer(failure, (response) => reply(response, result()));
    expect(await pusher().call('availability.set', set)).toEqual(done);
    expect(keys().length).toBe(2);
    expect(new Set(keys()).size).toBe(1);
  });

  test('where no answer comes', async () => {
    answer(
      () => {},
      (response) => reply(response, result()),
    );
    expect(await pusher({ timing: { reply: 40 } }).call('availability.set', set, { timeoutMs: 120 })).toEqual(done);
    expect(keys().length).toBe(2);
  });
});

describe('at the deadline', () => {
  test('a change has an unknown outcome, a read has found nobody', async () => {
    const rpc = pusher({ timing: { call: 60 }, random: () => 0.1 });
    await expect(rpc.call('availability.set', set)).rejects.toMatchObject({ type: 'outcome_unknown' });
    await expect(rpc.call('account.list', {})).rejects.toMatchObject({ type: 'unreachable' });
  });

  test('or when its signal says so, a call ends', async () => {
    const controller = new AbortController();
    const call = pusher().call('account.list', {}, { signal: controller.signal });
    controller.abort(new Error('no longer wanted'));
    await expect(call).rejects.toThrow('no longer wanted');
  });
});

test('another server says so at once', async () => {
  answer((response) => response.writeHead(404).end('<html>Not found</html>'));
  await expect(pusher().call('account.list', {})).rejects.toMatchObject({
    type: 'invalid_request',
    detail: expect.stringContaining('HTTP 404'),
  });
  expect(http.asked.length).toBe(1);
});

describe('calls made together', () => {
  test('leave in one request, and each has its own answer', async () => {
    answer((response) => reply(response, refusal('forbidden', {}, 1), result(0)));
    const rpc = pusher();
    const answers = await rpc.batch(() =>
      Promise.allSettled([rpc.call('availability.set', set), rpc.call('account.list', {})]),
    );
    expect(answers).toMatchObject([{ value: done }, { reason: { type: 'forbidden' } }]);
    expect(asked()).toMatchObject([[{ id: 0 }, { id: 1 }]]);
  });

  test('are at most 50 a request', async () => {
    http.answer = ({ body }, response) => reply(response, ...[JSON.parse(body)].flat().map(({ id }) => result(id)));
    const rpc = pusher();
    await rpc.batch(() => Promise.all(Array.from({ length: 120 }, () => rpc.call('availability.set', set))));
    expect(asked().map((calls) => calls.length)).toEqual([50, 50, 20]);
  });
});
