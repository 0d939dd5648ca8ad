import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createToken } from './support/command.js';
import { accounts, lucioles, office } from './support/demo.js';
import { cookieOf, http, postSession, signIn } from './support/http.js';
import { admin, newAccount, newToken } from './support/people.js';
import { key, Refusal, Rpc } from './support/rpc.js';
import { mustFit } from './support/schemas.js';
import { Server } from './support/server.js';
import { within } from './support/until.js';

const oneSecond = 1_000;
const hello = { client: 'tests', version: '1' };

let server: Server;
let boss: Rpc;
beforeAll(async () => {
  server = await Server.start();
  boss = await admin(server);
});
afterAll(() => server.remove());

const withCookie = (cookie: string) => Rpc.connect(server, { cookie, origin: server.url });
const whoIs = async (rpc: Rpc) => (await rpc.call('session.hello', hello)).user?.id ?? null;
const signOut = (cookie: string, origin = server.url) =>
  http(server.url, '/session', { method: 'DELETE', headers: { cookie, origin } });
const withToken = async () => Rpc.connect(server, { token: await createToken(server, accounts.worker) });
const endsWith4500 = async (rpc: Rpc) => expect((await within('it closes', rpc.closed, oneSecond)).code).toBe(4500);

describe('the pages’ sign-in', () => {
  it('answers who one is, with a cookie that scripts cannot read', async () => {
    const answer = await postSession(server.url, { account: accounts.worker, password: 'demo' });
    expect(answer.status).toBe(200);
    mustFit('sign-in.result', answer.json());
    const [cookie] = [answer.headers['set-cookie']!].flat();
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=(Lax|Strict)/i);
    expect(await whoIs(await withCookie(cookieOf(answer)))).toBe(accounts.worker);
  });

  it.each([
    [{ account: accounts.worker, password: 'wrong' }, 401, 'unauthenticated'],
    [{ account: 'nobody@demo', password: 'demo' }, 401, 'unauthenticated'],
    [{ account: accounts.worker, code: 'wrong', password: 'a long enough one' }, 401, 'unauthenticated'],
    [{ account: accounts.worker }, 422, 'invalid_params'],
    [{ account: accounts.worker, password: 'demo', surprise: 1 }, 422, 'invalid_params'],
  ])('refuses %j', async (body, status, problem) => {
    const answer = await postSession(server.url, body);
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    mustFit('common#/definitions/problem', answer.json());
    expect(answer.json().type).toBe(`urn:placette:problem:${problem}`);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('tells an unknown account and a wrong password alike', async () => {
    const [unknown, wrong] = await Promise.all([
      postSession(server.url, { account: 'nobody@demo', password: 'demo' }),
      postSession(server.url, { account: accounts.worker, password: 'wrong' }),
    ]);
    expect(unknown.json()).toEqual(wrong.json());
  });

  it('ends with a sign-out, and with it its live sessions', async () => {
    const cookie = await signIn(server.url, accounts.worker);
    const other = await withCookie(await signIn(server.url, accounts.worker));
    const rpc = await withCookie(cookie);
    expect(await whoIs(rpc)).toBe(accounts.worker);
    const answer = await signOut(cookie);
    expect([200, 204]).toContain(answer.status);
    await endsWith4500(rpc);
    expect(await whoIs(await withCookie(cookie))).toBeNull();
    expect(await whoIs(other)).toBe(accounts.worker);
    other.cut();
  });

  it('is not signed out by another site', async () => {
    const cookie = await signIn(server.url, accounts.worker);
    const answer = await signOut(cookie, 'https://elsewhere.example');
    expect(answer.status).toBeGreaterThanOrEqual(400);
    const rpc = await withCookie(cookie);
    expect(await whoIs(rpc)).toBe(accounts.worker);
    rpc.cut();
  });
});

describe('bearer tokens', () => {
  it('are shown once, listed without their secret, and revoked within a second', async () => {
    const account = 'software@test';
    const token = await newAccount(boss, { account, roles: ['integrator'], facilities: [lucioles] });
    const { tokens } = await boss.call('token.list', { account });
    expect(JSON.stringify(tokens)).not.toContain(token);
    expect(tokens).toHaveLength(1);

    const [live, other] = [await Rpc.connect(server, { token }), await Rpc.connect(server, { token })];
    await live.call('session.hello', hello);
    await boss.call('token.revoke', { key: key(), id: tokens[0]!.id });
    await Promise.all([endsWith4500(live), endsWith4500(other)]);
    const late = await Rpc.connect(server);
    expect((await late.refused('session.authenticate', { token })).problem).toBe('unauthenticated');
    late.cut();
    expect((await boss.call('token.list', { account })).tokens).toEqual([]);
  });

  it('revoked while a connection opens with them let nobody in, also under load', { timeout: 120_000 }, async () => {
    const busy = await Promise.all(Array.from({ length: 4 }, () => withToken()));
    let loading = true;
    const load = busy.map(async (rpc) => {
      while (loading) await Promise.all(Array.from({ length: 20 }, () => rpc.call('booking.list', { office })));
      rpc.cut();
    });
    const esco = await withToken();
    const trial = async (n: number) => {
      const { token, id } = await esco.call('token.create', { key: key(), name: `trial ${n}`, password: 'demo' });
      const opening = Array.from({ length: 8 }, async (_, step) => {
        await pause(step);
        return Rpc.connect(server, { token });
      });
      await pause(n % 6);
      await esco.call('token.revoke', { key: key(), id });
      const codes = (await Promise.all(opening)).map(async (rpc) => (await within('it closes', rpc.closed)).code);
      expect(new Set(await Promise.all(codes))).toEqual(new Set([4500]));
    };
    for (let n = 0; n < 24; n++) await trial(n);
    loading = false;
    await Promise.all(load);
    esco.cut();
  });

  it('are made for oneself', async () => {
    const esco = await withCookie(await signIn(server.url, accounts.worker));
    const { token, id } = await esco.call('token.create', { key: key(), name: 'mine', password: 'demo' });
    const program = await Rpc.connect(server, { token });
    expect(await whoIs(program)).toBe(accounts.worker);
    await esco.call('token.revoke', { key: key(), id });
    await endsWith4500(program);
    expect(await whoIs(esco)).toBe(accounts.worker);
    esco.cut();
  });

  it('of others cannot be revoked', async () => {
    const { id } = await boss.call('token.create', {
      key: key(),
      name: 'theirs',
      account: accounts.manager,
      password: 'demo',
    });
    const esco = await withCookie(await signIn(server.url, accounts.worker));
    expect(['forbidden', 'not_found']).toContain((await esco.refused('token.revoke', { key: key(), id })).problem);
    esco.cut();
  });
});

describe('accounts', () => {
  const person = (account: string) => ({
    account,
    key: key(),
    name: 'Camille Exemple',
    roles: ['worker' as const],
    offices: ['esco-genlis'],
  });

  it('begin with a code that sets the password, once', async () => {
    const account = 'camille@test';
    const { code } = await boss.call('account.create', person(account));
    const tooShort = await postSession(server.url, { account, code, password: 'short' });
    expect(tooShort.status).toBe(422);
    const first = await postSession(server.url, { account, code, password: 'une phrase assez longue' });
    expect(first.status).toBe(200);
    expect(await whoIs(await withCookie(cookieOf(first)))).toBe(account);
    const second = await postSession(server.url, { account, code, password: 'une autre phrase longue' });
    expect(second.status).toBe(401);
    expect((await postSession(server.url, { account, password: 'une phrase assez longue' })).status).toBe(200);
  });

  it('get a new code for a forgotten password; the old password is void', async () => {
    const account = 'dominique@test';
    const { code } = await boss.call('account.create', person(account));
    await postSession(server.url, { account, code, password: 'premier mot de passe' });
    const reset = await boss.call('account.resetPassword', { account, key: key() });
    const answer = await postSession(server.url, { account, code: reset.code, password: 'second mot de passe' });
    expect(answer.status).toBe(200);
    expect((await postSession(server.url, { account, password: 'premier mot de passe' })).status).toBe(401);
  });

  it('change their own password with the current one', async () => {
    const account = 'claude@test';
    const { code } = await boss.call('account.create', person(account));
    const rpc = await withCookie(
      cookieOf(await postSession(server.url, { account, code, password: 'premier mot de passe' })),
    );
    const wrong = await rpc.refused('account.password', {
      key: key(),
      current: 'non',
      password: 'second mot de passe',
    });
    expect(wrong).toBeInstanceOf(Refusal);
    await rpc.call('account.password', {
      key: key(),
      current: 'premier mot de passe',
      password: 'second mot de passe',
    });
    expect((await postSession(server.url, { account, password: 'premier mot de passe' })).status).toBe(401);
    expect((await postSession(server.url, { account, password: 'second mot de passe' })).status).toBe(200);
    rpc.cut();
  });

  it('when disabled lose their live sessions within a second, and come back when enabled', async () => {
    const account = 'andrea@test';
    const token = await newAccount(boss, { account, roles: ['worker'], offices: ['esco-genlis'] });
    const rpc = await Rpc.connect(server, { token });
    await rpc.call('session.hello', hello);
    await boss.call('account.update', { account, key: key(), disabled: true });
    await endsWith4500(rpc);
    const late = await Rpc.connect(server);
    expect((await late.refused('session.authenticate', { token })).problem).toBe('unauthenticated');
    await boss.call('account.update', { account, key: key(), disabled: false });
    expect((await late.refused('session.authenticate', { token })).problem).toBe('unauthenticated');
    await late.call('session.authenticate', { token: await newToken(boss, account) });
    late.cut();
  });

  it('have a change of rights in their live sessions within a second', async () => {
    const account = 'maxime@test';
    const token = await newAccount(boss, { account, roles: ['manager'], facilities: [lucioles] });
    const rpc = await Rpc.connect(server, { token });
    await rpc.call('booking.list', {});
    await boss.call('account.update', { account, key: key(), roles: ['coordinator'], facilities: [] });
    await expect
      .poll(
        () =>
          rpc.ask('booking.list', {}).then(
            () => 'allowed',
            (error) => error.problem ?? 'closed',
          ),
        { timeout: oneSecond },
      )
      .toMatch(/forbidden|closed/);
    rpc.cut();
  });

  it('are listed without anything secret', async () => {
    const { accounts: all } = await boss.call('account.list', {});
    expect(all.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.values(accounts)));
    expect(JSON.stringify(all)).not.toMatch(/argon2|password|hash/i);
  });

  it('are made once', async () => {
    const accountOf = async () =>
      (await boss.call('account.list', {})).accounts.find(({ id }) => id === accounts.worker);
    const before = await accountOf();
    const { problem, data } = await boss.refused('account.create', { ...person(accounts.worker) });
    expect([problem, data.field]).toEqual(['invalid_params', 'account']);
    expect(await accountOf()).toEqual(before);
    expect((await postSession(server.url, { account: accounts.worker, password: 'demo' })).status).toBe(200);
  });
});
