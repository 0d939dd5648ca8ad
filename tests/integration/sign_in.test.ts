// Guessing passwords: it costs who guesses, and not the owner of the account, nor anybody else who signs in.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { command, spawnCommand } from './support/command.js';
import { type Answer, http, postSession } from './support/http.js';
import { key, Rpc } from './support/rpc.js';
import { Server } from './support/server.js';
import { until } from './support/until.js';

const perMinute = 4;
const password = 'une phrase assez longue';
const owner = 'alix@genlis.example';
let server: Server;

beforeAll(async () => {
  server = await Server.start({ demo: false, env: { PLACETTE_SIGN_INS_PER_MINUTE: String(perMinute) } });
  for (const account of [owner, coded, ...colleagues])
    await spawnCommand(
      [
        'account',
        'add',
        account,
        '--name',
        'Alix Exemple',
        '--role',
        'worker',
        '--password-stdin',
        '--data-dir',
        server.dataDir,
      ],
      `${password}\n`,
    );
});
afterAll(() => server.remove());

const coded = 'code@genlis.example';
const colleagues = Array.from({ length: 11 }, (_, n) => `collegue-${n}@genlis.example`);
let lastAddress = 0;
const somewhere = () => `198.51.100.${++lastAddress}`;
const from = (address: string, headers = {}) => ({ 'x-forwarded-for': address, ...headers });
const signIn = (account: string, typed: string, headers: Record<string, string>) =>
  postSession(server.url, { account, password: typed }, headers);
const guess = (account: string, address: string) => signIn(account, 'faux', from(address));
const guessed = async (account: string, address: string, times: number) => {
  for (let n = 0; n < times; n++) expect((await guess(account, address)).status).toBe(401);
};
const cookies = (answer: Answer) =>
  [answer.headers['set-cookie'] ?? []]
    .flat()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

describe('who guesses', () => {
  it('waits, and is told how long; the owner elsewhere signs in at once', async () => {
    const address = somewhere();
    await guessed(owner, address, perMinute);
    const refused = await guess(owner, address);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(refused.json().retryAfterMs).toBeLessThanOrEqual(60_000);
    expect((await signIn(owner, password, from(somewhere()))).status).toBe(200);
  });

  it('at many accounts from one address is stopped as well, and a subscriber of IPv6 is one', async () => {
    for (let n = 0; n < 3; n++) await guessed(`nobody-${n}`, `2001:db8::${n + 1}`, perMinute);
    expect((await guess('somebody', '2001:db8::9')).status).toBe(429);
    expect((await guess('somebody', '2001:db8:0:1::9')).status).toBe(401);
  });

  it('with headers that contradict each other is one with all who try that', async () => {
    const headers = (n: number) => ({ forwarded: `for=192.0.2.${n}`, 'x-forwarded-for': `203.0.113.${n}` });
    for (let n = 0; n < perMinute; n++) expect((await signIn('forger', 'faux', headers(n))).status).toBe(401);
    expect((await signIn('forger', 'faux', headers(99))).status).toBe(429);
    const same = { forwarded: 'for="192.0.2.7:4711";proto=https', 'x-forwarded-for': '192.0.2.7' };
    expect((await signIn('forger', 'faux', same)).status).toBe(401);
  });

  it('cannot say that others asked: what stands before the last address is not believed', async () => {
    const behind = somewhere();
    for (let n = 0; n < perMinute; n++) expect((await guess('x', `192.0.2.${100 + n}, ${behind}`)).status).toBe(401);
    expect((await guess('x', `192.0.2.200, ${behind}`)).status).toBe(429);
  });
});

describe('while many guess at an account from many places', () => {
  let device: string;
  beforeAll(async () => {
    device = cookies(await signIn(owner, password, from(somewhere())));
    await until('strangers are stopped', async () => (await guess(owner, somewhere())).status === 429);
  });

  it('its owner signs in on a device that is known', async () => {
    expect((await signIn(owner, password, from(somewhere()))).status).toBe(429);
    const answer = await signIn(owner, password, from(somewhere(), { cookie: device }));
    expect(answer.status).toBe(200);
  });

  it('who has been given a code comes in with it, from wherever', async () => {
    const { stdout } = await command(['account', 'reset', coded, '--data-dir', server.dataDir]);
    const code = stdout.trim().split('\n').at(-1)!;
    await until('strangers are stopped', async () => (await guess(coded, somewhere())).status === 429);
    const asked = { account: coded, code, password };
    expect((await postSession(server.url, asked, from(somewhere()))).status).toBe(200);
  });

  it('the device of another account helps nobody', async () => {
    const other = cookies(await signIn(colleagues[0]!, password, from(somewhere())));
    expect((await signIn(owner, password, from(somewhere(), { cookie: other }))).status).toBe(429);
  });

  it('a live session goes on, and may change the password', async () => {
    const rpc = await Rpc.connect(server, { cookie: device, origin: server.url });
    await rpc.call('account.password', { key: key(), current: password, password: 'une autre phrase longue' });
    await rpc.call('account.password', { key: key(), current: 'une autre phrase longue', password });
    await rpc.close();
  });
});

it('eleven people come in while unknown names are tried without a pause', async () => {
  let going = true;
  const address = somewhere();
  const flood = Array.from({ length: 40 }, async (_, n) => {
    while (going) await guess(`unknown-${n}-${Math.random()}`, address);
  });
  const comesIn = (account: string) => {
    const address = somewhere();
    return until('the store is asked in time', async () => {
      const answer = await signIn(account, password, from(address));
      return answer.status !== 503 && answer;
    });
  };
  const answers = await Promise.all(colleagues.map(comesIn));
  going = false;
  await Promise.all(flood);
  expect(answers.map(({ status }) => status)).toEqual(colleagues.map(() => 200));
});

it('signing in as somebody else ends the session that the browser had', async () => {
  const first = await signIn(colleagues[0]!, password, from(somewhere(), {}));
  const rpc = await Rpc.connect(server, { cookie: cookies(first), origin: server.url });
  const again = await signIn(colleagues[0]!, password, from(somewhere(), { cookie: cookies(first) }));
  expect(again.status).toBe(200);
  expect((await rpc.call('session.hello', { client: 'tests', version: '1' })).user?.id).toBe(colleagues[0]!);
  await signIn(colleagues[1]!, password, from(somewhere(), { cookie: cookies(first) }));
  expect((await rpc.closed).code).toBe(4500);
  const call = { jsonrpc: '2.0', id: 1, method: 'session.hello', params: { client: 'tests', version: '1' } };
  const headers = { cookie: cookies(first), origin: server.url, 'content-type': 'application/json' };
  const hello = await http(server.url, '/rpc', { method: 'POST', headers, body: JSON.stringify(call) });
  expect(hello.json().result.user).toBeNull();
});
