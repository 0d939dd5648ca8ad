// All of France on one node: node bench/france/simulate.mjs [--every N] [--data-dir D] …; see README.md.
import { mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folder } from '../folders.mjs';
import { commit, machine } from '../machine.mjs';
import { writeResults } from '../results.mjs';
import { changes, Publishers, spread, Watchers } from './day.mjs';
import { bookAll, importAll } from './filling.mjs';
import { cellsPerFacility, communities, dateOf, days } from './france.mjs';
import { connect } from './line.mjs';
import { arePeopleIn, makeAdministrator, makePeople, peopleOf } from './people.mjs';
import { table } from './report.mjs';
import { Server } from './server.mjs';

const { values } = parseArgs({
  options: {
    every: { type: 'string', default: '1' },
    'data-dir': { type: 'string' },
    bookings: { type: 'string', default: '50000' },
    watchers: { type: 'string', default: '1000' },
    'changes-per-facility': { type: 'string', default: '6' },
    rate: { type: 'string', default: '1500' },
    storms: { type: 'string', default: '1000,2000,4000,8000' },
    out: { type: 'string', default: fileURLToPath(new URL('../../build/bench/france.json', import.meta.url)) },
  },
});
const option = (name) => Number(values[name]);
const stormSeconds = 5;
const log = (text) => console.error(text);

const territories = communities(option('every'));
const facilities = territories.reduce((sum, territory) => sum + territory.facilities.length, 0);
const cells = facilities * cellsPerFacility;
const dataDir = values['data-dir'] ?? folder();
mkdirSync(dataDir, { recursive: true });
const date = new Date().toISOString().slice(0, 10);
const result = { date, commit: commit(), machine: machine(), territories: territories.length, facilities, cells };
log(`${territories.length} territories, ${facilities} facilities, ${cells} cells in ${dataDir}`);

let server;
try {
  if (!arePeopleIn(dataDir)) await fill();
  await restart();
  await snapshots();
  await live();
} finally {
  await server?.stop();
}
writeResults(values.out, result);
log(`${table(result)}\nwritten: ${values.out}`);

async function fill() {
  server = await Server.start(dataDir);
  result.empty = server.memory();
  const admin = makeAdministrator(server);
  log('importing');
  result.import = await importAll(server, admin, territories);
  await makePeople(server, admin, territories);
  log('booking');
  result.booking = await bookAll(server, peopleOf(server).prescriber, territories, option('bookings'));
  result.filled = server.memory();
  await server.stop();
}

async function restart() {
  server = await Server.start(dataDir);
  const { startMs, readyMs } = server;
  result.restart = { startMs, readyMs, redisMs: server.redisLoadMs(), boardsMs: server.boardsLoadMs() };
  result.restarted = {
    ...server.memory(),
    keys: Number(server.redis('dbsize')),
    appendOnlyMiB: server.appendOnlyBytes() / 2 ** 20,
  };
  log(`ready after ${Math.round(readyMs)} ms`);
}

/** Of the territory in the middle and of the largest one; each the first of its kind. */
async function snapshots() {
  const { prescriber } = peopleOf(server);
  const line = await connect(server, prescriber);
  const bySize = [...territories].sort((a, b) => a.facilities.length - b.facilities.length);
  for (const [name, territory] of Object.entries({ median: bySize[bySize.length >> 1], largest: bySize.at(-1) })) {
    let bytes = 0;
    line.socket.once('message', (data) => (bytes = data.length));
    const began = performance.now();
    const board = await line.call('board.get', { territory: territory.id, from: dateOf(0), days });
    const ms = performance.now() - began;
    (result.snapshots ??= {})[name] = { facilities: territory.facilities.length, cells: board.cells.length, bytes, ms };
  }
  line.socket.terminate();
}

async function live() {
  const { prescriber, integrators } = peopleOf(server);
  const watchers = await Watchers.join(server, prescriber, territories, option('watchers'));
  result.subscribe = { watchers: watchers.lines.length, ms: spread(watchers.subscribeMs) };
  result.watched = server.memory();
  const publishers = await Publishers.connect(server, integrators);
  const count = facilities * option('changes-per-facility');
  log(`a day: ${count} changes`);
  if (count) result.day = await changes(server, publishers, watchers, count, option('rate'));
  result.storms = [];
  for (const rate of values.storms.split(',').filter(Boolean).map(Number)) {
    log(`${rate} changes a second`);
    result.storms.push(await changes(server, publishers, watchers, rate * stormSeconds, rate));
  }
  result.ended = { ...server.memory(), appendOnlyMiB: server.appendOnlyBytes() / 2 ** 20 };
  publishers.leave();
  watchers.leave();
}
