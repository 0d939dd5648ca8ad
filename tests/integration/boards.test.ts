import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freshSlot, open } from './support/cells.js';
import { createToken } from './support/command.js';
import { openDay } from './support/days.js';
import { accounts, lucioles, ribambelle, territory } from './support/demo.js';
import { signIn } from './support/http.js';
import { manager } from './support/people.js';
import { type Bytes, httpBytes } from './support/as-bytes.js';
import type { Rpc } from './support/rpc.js';
import { mustFit } from './support/schemas.js';
import { Server } from './support/server.js';

let server: Server;
let boss: Rpc;
let token: string;
beforeAll(async () => {
  server = await Server.start();
  boss = await manager(server);
  token = await createToken(server, accounts.worker);
});
afterAll(() => server.remove());

const from = openDay(1);
const address = (query = `from=${from}&days=7`, of = territory) => `/boards/${of}?${query}`;
const get = (path = address(), headers: Record<string, string> = {}): Promise<Bytes> =>
  httpBytes(server.url, path, { headers: { authorization: `Bearer ${token}`, ...headers } });
const gzip = { 'accept-encoding': 'gzip, deflate, br' };
const timeless = ({ asOf, ...board }: any) => {
  expect(asOf).toEqual(expect.any(String));
  return board;
};

describe('a board by its address', () => {
  it('is what board.get answers, compressed where that is taken', async () => {
    const filter = { territory, from, days: 7 };
    const called = await boss.call('board.get', filter);
    const plain = await get();
    expect(plain.status).toBe(200);
    expect(plain.headers['content-type']).toBe('application/json');
    expect(plain.headers['content-encoding']).toBeUndefined();
    mustFit('board.get.result', plain.json());
    expect(timeless(plain.json())).toEqual(timeless(called));
    expect(plain.headers['placette-size']).toBe(String(plain.body.length));

    const small = await get(address(), gzip);
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', 'placette-size': String(plain.body.length) });
    expect(timeless(JSON.parse(gunzipSync(small.body).toString()))).toEqual(timeless(called));
    expect(small.body.length).toBeLessThan(plain.body.length / 8);
  });

  it('is of the facilities that are named', async () => {
    const named = await get(address(`from=${from}&days=3&facility=${ribambelle}&facility=${lucioles}`));
    const facilities = [lucioles, ribambelle];
    expect(timeless(named.json())).toEqual(
      timeless(await boss.call('board.get', { territory, from, days: 3, facilities })),
    );
  });

  it('is sent only to who has another', async () => {
    const first = await get(address(), gzip);
    const tag = String(first.headers.etag);
    expect(first.headers).toMatchObject({
      'cache-control': 'private, no-cache',
      vary: expect.stringContaining('Accept-Encoding'),
    });
    for (const known of [tag, tag.replace('W/', ''), `"other", ${tag}`]) {
      const again = await get(address(), { ...gzip, 'if-none-match': known });
      expect([again.status, again.body.length, again.headers.etag]).toEqual([304, 0, tag]);
    }
    const changed = await open(boss, freshSlot(), 3);
    const other = await get(address(`from=${changed.date}&days=1`), { 'if-none-match': tag });
    expect(other.status).toBe(200);
    expect(other.headers.etag).not.toBe(tag);
    expect(other.json().cells).toContainEqual(changed);
  });

  it('tells its head alone to who asks for that', async () => {
    const head = await httpBytes(server.url, address(), {
      method: 'HEAD',
      headers: { authorization: `Bearer ${token}` },
    });
    expect([head.status, head.body.length]).toEqual([200, 0]);
    expect(Number(head.headers['content-length'])).toBe((await get()).body.length);
    expect((await httpBytes(server.url, address(), { method: 'POST' })).status).toBe(405);
  });

  it('is gone on from by a subscription', async () => {
    const { epoch, offset } = (await get()).json();
    const changed = await open(boss, freshSlot(), 2);
    const since = { epoch, offset };
    const reply = await boss.call('board.subscribe', { territory, from: changed.date, days: 1, since });
    expect(reply.recovered).toBe(true);
    expect(reply.cells).toEqual([changed]);
  });
});

describe('who may read it', () => {
  const withCookie = async (headers: Record<string, string>) => {
    const cookie = await signIn(server.url, accounts.worker);
    return (await httpBytes(server.url, address(), { headers: { cookie, ...headers } })).status;
  };

  it('the own pages, by their cookie: a browser names no origin with a read of its own', async () => {
    expect(await withCookie({})).toBe(200);
    expect(await withCookie({ 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await withCookie({ origin: server.url })).toBe(200);
  });

  it('and no pages of others', async () => {
    expect(await withCookie({ 'sec-fetch-site': 'cross-site' })).toBe(401);
    expect(await withCookie({ 'sec-fetch-site': 'same-site' })).toBe(401);
    expect(await withCookie({ origin: 'https://elsewhere.example' })).toBe(401);
  });

  it('nobody who has not signed in', async () => {
    for (const headers of [{}, { authorization: 'Bearer nobody' }] as Record<string, string>[]) {
      const answer = await httpBytes(server.url, address(), { headers });
      expect(answer.status).toBe(401);
      expect(answer.headers['content-type']).toBe('application/problem+json');
      expect(answer.json().type).toBe('urn:placette:problem:unauthenticated');
    }
  });
});

it.each([
  ['days is missing', `from=${from}`, 'days'],
  ['days is no number', `from=${from}&days=week`, 'days'],
  ['days are too many', `from=${from}&days=32`, 'days'],
  ['days is no whole number', `from=${from}&days=7.5`, 'days'],
  ['from is no date', 'from=today&days=7', 'from'],
  ['from is there twice', `from=${from}&from=${from}&days=7`, 'from'],
  ['a facility is unknown', `from=${from}&days=7&facility=nobody`, 'facilities'],
  ['a facility is named twice', `from=${from}&days=7&facility=${lucioles}&facility=${lucioles}`, 'facilities'],
  ['something else is said', `from=${from}&days=7&since=4`, 'since'],
  ['something else is said of JSON', `from=${from}&days=7&a%22:1`, 'a%22:1'],
])('where %s, it is said', async (_, query, field) => {
  const answer = await get(address(query));
  expect(answer.status).toBe(422);
  expect(answer.json()).toMatchObject({ type: 'urn:placette:problem:invalid_params', field });
});

it('a territory that nobody knows is told like one that is not seen', async () => {
  const answer = await get(address(`from=${from}&days=7`, '999999999'));
  expect(answer.json()).toMatchObject({ type: 'urn:placette:problem:invalid_params', field: 'territory' });
});

describe('/rpc', () => {
  const call = (method: string, params: object, headers: Record<string, string>) =>
    httpBytes(server.url, '/rpc', {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });

  it('answers compressed where that is taken, and worth it', async () => {
    const board = ['board.get', { territory, from, days: 7 }] as const;
    const plain = await call(...board, {});
    const small = await call(...board, gzip);
    expect(plain.headers['content-encoding']).toBeUndefined();
    expect(small.headers).toMatchObject({ 'content-encoding': 'gzip', vary: 'Accept-Encoding' });
    expect(timeless(JSON.parse(gunzipSync(small.body).toString()).result)).toEqual(timeless(plain.json().result));
    const short = await call('territory.get', { territory: 'nobody' }, gzip);
    expect(short.headers['content-encoding']).toBeUndefined();
    expect((await call(...board, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding']).toBeUndefined();
  });
});
