// Placette: the release program and its own Redis. All that is measured begins with a copy of one folder.
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../folders.mjs';
import { ready, runNow, start } from '../process.mjs';
import { placette as program } from '../programs.mjs';
import { documentOf, facilityIds, firstDay, office, territories } from '../territories.mjs';

const serve = (dataDir) => start(program, ['serve', '--demo', '--listen', '127.0.0.1:0', '--data-dir', dataDir]);
const listening = (child) => ready(child, () => /^listening on http:\/\/(\S+)$/m.exec(child.output())?.[1]);

function account(name, options, dataDir) {
  const words = Object.entries(options).flatMap(([option, values]) => [`--${option}`, ...values]);
  runNow(program, ['account', 'add', name, '--name', name, ...words, '--data-dir', dataDir]);
  return tokenOf(name, dataDir);
}

/** Brings an import document into the store of a running server. */
export function bringIn(document, dataDir) {
  const file = join(folder(), 'document.json');
  writeFileSync(file, JSON.stringify(document));
  runNow(program, ['import', file, '--data-dir', dataDir]);
}

export const tokenOf = (account, dataDir) =>
  runNow(program, ['token', 'create', '--account', account, '--data-dir', dataDir]).trim();

/** A folder with the territories measured, and the tokens of who watches, writes and books. */
async function prepare() {
  const dataDir = folder();
  const server = serve(dataDir);
  await listening(server);
  const from = firstDay();
  for (const territory of territories) bringIn(documentOf(territory, from), dataDir);
  const tokens = {
    writer: account('bench-writer', { role: ['manager'], facility: territories.flatMap(facilityIds) }, dataDir),
    watcher: account('bench-watcher', { role: ['coordinator'] }, dataDir),
    booker: account('bench-booker', { role: ['worker'], office: [office] }, dataDir),
  };
  await server.stop();
  return { dataDir, from, tokens };
}

let prepared;
/** What all that is measured begins with; made once a run. */
export const store = () => (prepared ??= prepare());

/** A copy of the prepared data folder. */
export async function copyOfStore() {
  const dataDir = folder();
  cpSync((await store()).dataDir, dataDir, { recursive: true });
  return dataDir;
}

/** A server that had to be killed leaves its Redis behind. */
function endLeftOver(redis) {
  if (existsSync(`/proc/${redis}`)) process.kill(redis, 'SIGTERM');
}

/** A server over that folder, which is forgotten when it stops. */
export async function startOn(dataDir) {
  const child = serve(dataDir);
  const address = await listening(child);
  const redis = Number(readFileSync(join(dataDir, 'redis.pid'), 'utf8'));
  const stop = async () => {
    await child.stop();
    endLeftOver(redis);
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { address, pids: [child.pid], apart: [redis], redisSocket: join(dataDir, 'redis.sock'), stop };
}

export default {
  name: 'placette',
  settings:
    'serve --demo, which knows no limits of rate: one thread a core, its own Redis with appendfsync always; ' +
    'CPU of Redis apart',
  version: () => runNow(program, ['--version']).trim(),
  start: async () => startOn(await copyOfStore()),
};
