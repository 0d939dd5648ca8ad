import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { accounts, territory } from './support/demo.js';
import { type Asked, http, signIn } from './support/http.js';
import { Server } from './support/server.js';

let server: Server;
let token: string;
let cookie: string;

beforeAll(async () => {
  server = await Server.start();
  token = await createToken(server, accounts.manager);
  cookie = await signIn(server.url, accounts.manager);
});
afterAll(() => server.remove());

const get = (path: string, headers = {}) => http(server.url, path, { headers });
const call = { jsonrpc: '2.0', id: 1, method: 'territory.get', params: { territory } };
const post = (body: unknown, headers: Record<string, string>) => {
  const asked: Asked = { method: 'POST', headers, body: typeof body === 'string' ? body : JSON.stringify(body) };
  return http(server.url, '/rpc', asked);
};
const json = { 'content-type': 'application/json' };
const bearer = () => ({ ...json, authorization: `Bearer ${token}` });

describe('/rpc', () => {
  it('answers a bearer', async () => {
    const answer = await post(call, bearer());
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^application\/json/);
    expect(answer.json()).toMatchObject({ jsonrpc: '2.0', id: 1, result: { id: territory } });
  });

  it('answers a cookie from the own origin with the JSON content type only', async () => {
    const own = { ...json, cookie, origin: server.url };
    expect((await post(call, own)).json()).toHaveProperty('result');
    const others: Record<string, string>[] = [
      { ...json, cookie },
      { ...own, origin: 'https://elsewhere.example' },
      { ...own, 'content-type': 'text/plain' },
      { cookie, origin: server.url },
    ];
    for (const headers of others) {
      const answer = await post(call, headers);
      if (answer.status === 200) expect(answer.json()).toMatchObject({ error: { message: 'unauthenticated' } });
      else expect(answer.status, JSON.stringify(headers)).toBe(415);
    }
  });

  it('answers 200 whenever it processed the body', async () => {
    for (const [body, message] of [
      ['not json', 'parse_error'],
      [{ ...call, method: 'no.such' }, 'unknown_method'],
      [{ ...call, method: 'board.subscribe' }, 'unknown_method'],
      [{ ...call, params: {} }, 'invalid_params'],
      [{ ...call, method: 'account.list', params: {} }, 'forbidden'],
    ] as const) {
      const answer = await post(body, bearer());
      expect(answer.status, message).toBe(200);
      expect(answer.json().error.message).toBe(message);
    }
    const anonymous = await post(call, json);
    expect(anonymous.status).toBe(200);
    expect(anonymous.json().error.message).toBe('unauthenticated');
  });

  it('answers batches, and silence with silence', async () => {
    const answer = await post([call, { ...call, id: 2 }], bearer());
    expect(answer.json().map(({ id }: any) => id)).toEqual([1, 2]);
    const { id: _, ...silent } = call;
    const nothing = await post(silent, bearer());
    expect(nothing.text).toBe('');
    expect([200, 204]).toContain(nothing.status);
  });

  it('greets the anonymous', async () => {
    const greeting = { ...call, method: 'session.hello', params: { client: 'tests', version: '1' } };
    expect((await post(greeting, json)).json()).toMatchObject({ result: { user: null } });
  });

  it('takes bodies up to 256 KiB', async () => {
    const text = JSON.stringify(call);
    expect((await post(text + ' '.repeat(256 * 1024 - text.length), bearer())).status).toBe(200);
    expect((await post(text + ' '.repeat(256 * 1024 + 1 - text.length), bearer())).status).toBe(413);
  });

  it('takes POST only', async () => {
    expect((await get('/rpc', bearer())).status).toBe(405);
  });
});

describe('other addresses', () => {
  it('/healthz and /readyz', async () => {
    expect((await get('/healthz')).status).toBe(200);
    expect((await get('/readyz')).status).toBe(200);
  });

  it('/metrics is Prometheus text', async () => {
    const answer = await get('/metrics');
    expect(answer.status).toBe(200);
    expect(answer.headers['content-type']).toMatch(/^text\/plain/);
    expect(answer.text).toMatch(/^# TYPE placette_\w+ (counter|gauge|histogram|summary)$/m);
  });

  it('/ is the page, pre-compressed and bound by a policy', async () => {
    const page = await get('/', { accept: 'text/html' });
    expect(page.status).toBe(200);
    expect(page.headers['content-type']).toMatch(/^text\/html/);
    expect(page.headers['content-security-policy']).toMatch(/default-src/);
    expect(page.headers['x-content-type-options']).toBe('nosniff');
    expect(page.text).toContain('<html lang="fr"');
    const asset = /(?:src|href)="(\/assets\/[^"]+\.js)"/.exec(page.text)?.[1];
    expect(asset).toBeDefined();
    const script = await get(asset!, { 'accept-encoding': 'gzip' });
    expect(script.status).toBe(200);
    expect(script.headers['content-encoding']).toBe('gzip');
    expect(script.headers['cache-control']).toContain('immutable');
  });

  it('does not leave its folder', async () => {
    for (const path of [
      '/../CMakeLists.txt',
      '/%2e%2e/CMakeLists.txt',
      '/assets/..%2f..%2fpackage.json',
      '/no/such.js',
    ]) {
      expect((await get(path)).status, path).toBeGreaterThanOrEqual(400);
    }
  });
});

describe('a demo', () => {
  it.each(['localhost', '127.0.0.1', '[::1]'])('serves the host %s', async (host) => {
    expect((await get('/healthz', { host: `${host}:${server.port}` })).status).toBe(200);
    expect((await get('/', { host: `${host}:${server.port}` })).status).toBe(200);
  });

  it.each(['placette.example', 'localhost.example', '192.168.1.1'])('does not serve the host %s', async (host) => {
    for (const path of ['/', '/rpc', '/ws', '/metrics']) {
      expect((await get(path, { host })).status, path).toBe(403);
    }
    expect(
      (await http(server.url, '/rpc', { method: 'POST', headers: { ...bearer(), host }, body: JSON.stringify(call) }))
        .status,
    ).toBe(403);
  });
});
