// Who works in France: an administrator, a prescriber, and software that pushes the counts of its places of care.
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { office } from './france.mjs';
import { connect } from './line.mjs';

const facilitiesPerAccount = 200;

const tokens = (dataDir) => join(dataDir, 'tokens.json');

/** Whether France is in that folder already. */
export const arePeopleIn = (dataDir) => existsSync(tokens(dataDir));

export const peopleOf = (server) => JSON.parse(readFileSync(tokens(server.dataDir), 'utf8'));

/** The administrator's. */
export const password = randomUUID();

/** The token of the one who brings in the others. */
export function makeAdministrator(server) {
  const account = 'admin@france';
  const words = ['account', 'add', account, '--name', 'Administrator', '--role', 'admin', '--password-stdin'];
  server.command(words, `${password}\n`);
  return server.command(['token', 'create', '--account', account]);
}

/** Once their places of care are known. */
export async function makePeople(server, admin, territories) {
  const line = await connect(server, admin);
  const tokenOf = async (account, rights) => {
    await line.call('account.create', { account, key: randomUUID(), name: account, ...rights });
    return (await line.call('token.create', { account, key: randomUUID(), name: 'bench', password })).token;
  };
  const prescriber = await tokenOf('prescriber@france', { roles: ['worker'], offices: [office] });
  const facilities = territories.flatMap((territory) => territory.facilities);
  const integrators = [];
  for (let from = 0; from < facilities.length; from += facilitiesPerAccount) {
    const own = facilities.slice(from, from + facilitiesPerAccount);
    const token = await tokenOf(`software-${integrators.length}@france`, { roles: ['integrator'], facilities: own });
    integrators.push({ token, facilities: own });
  }
  line.socket.terminate();
  writeFileSync(tokens(server.dataDir), JSON.stringify({ prescriber, integrators }), { mode: 0o600 });
}
