import { accounts, territory } from './demo.js';
import { http, postSession, signIn } from './http.js';
import { key, type Method, type Params, Refusal, type Result, Rpc } from './rpc.js';
import { mustFit, note } from './schemas.js';
import type { Server } from './server.js';

/** A person at a browser: signs in with the password, connects with the cookie. */
export async function browser(server: Server, account: string, password = 'demo'): Promise<Rpc> {
  const cookie = await signIn(server.url, account, password);
  return Rpc.connect(server, { cookie, origin: server.url });
}

export const manager = (server: Server) => browser(server, accounts.manager);
export const worker = (server: Server) => browser(server, accounts.worker);
export const coordinator = (server: Server) => browser(server, accounts.coordinator);
export const admin = (server: Server) => browser(server, accounts.admin);

/** One call over `/rpc` with a bearer token. */
export async function post<M extends Method>(
  server: Server,
  token: string,
  method: M,
  params: Params<M>,
): Promise<Result<M>> {
  const answer = await http(server.url, '/rpc', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
  });
  if (answer.status !== 200) throw new Error(`/rpc: ${answer.status} ${answer.text}`);
  const { result, error } = answer.json();
  if (error) {
    note('error', error);
    throw new Refusal(method, error.code, error.data);
  }
  mustFit(`${method}.result`, result);
  return result;
}

/** A bearer token of an account with every role, every facility, every office, and a password. */
export async function everything(server: Server): Promise<string> {
  const boss = await admin(server);
  const { facilities } = await boss.call('facility.list', {});
  const { offices } = await boss.call('territory.get', { territory });
  const account = 'everything@test';
  await boss.call('account.create', {
    name: 'Sacha Exemple',
    key: key(),
    account,
    roles: ['manager', 'worker', 'coordinator', 'admin', 'integrator'],
    facilities: facilities.map(({ id }) => id),
    offices: offices.map(({ id }) => id),
  });
  const { code } = await boss.call('account.resetPassword', { account, key: key() });
  await postSession(server.url, { account, code, password: 'une phrase assez longue' });
  const token = await newToken(boss, account);
  await boss.close();
  return token;
}

/** Makes the account, and a bearer token for it. */
export async function newAccount(boss: Rpc, account: Omit<Params<'account.create'>, 'key' | 'name'>): Promise<string> {
  await boss.call('account.create', { name: 'Sacha Exemple', key: key(), ...account });
  return newToken(boss, account.account);
}

/** A bearer token that an administrator of the demo makes. */
export async function newToken(boss: Rpc, account: string): Promise<string> {
  const { token } = await boss.call('token.create', { key: key(), name: 'tests', account, password: 'demo' });
  return token!;
}
