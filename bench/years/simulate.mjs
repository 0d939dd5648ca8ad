// A territory's years, day by day, in the program and its Redis: node bench/years/simulate.mjs [--years 3]; see README.md.
import { mkdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { folder } from '../folders.mjs';
import { connect } from '../france/line.mjs';
import { makeAdministrator, password } from '../france/people.mjs';
import { Server } from '../france/server.mjs';
import { commit, machine } from '../machine.mjs';
import { writeResults } from '../results.mjs';
import { MovingClock } from '../../tests/another_day/moving_clock.mjs';
import { Days, document, facilities, offices, territory } from './day.mjs';

const { values } = parseArgs({
  options: {
    years: { type: 'string', default: '3' },
    'keep-days': { type: 'string', default: '730' },
    out: { type: 'string', default: fileURLToPath(new URL('../../build/bench/years.json', import.meta.url)) },
  },
});
const months = 12 * Number(values.years);
const dataDir = folder();
mkdirSync(dataDir, { recursive: true });
const clock = new MovingClock(dataDir, Date.parse('2026-01-01T09:00:00Z'));
const result = {
  date: new Date().toISOString().slice(0, 10),
  commit: commit(),
  machine: machine(),
  ...values,
  months: [],
};
const began = performance.now();

let tokens;
let server = await start();
try {
  const days = await open();
  console.log('month     keys   bookings  Redis MiB   files MiB  server MiB     days  start ms');
  for (let month = 1; month <= months; month++) {
    const current = today().slice(0, 7);
    for (; today().slice(0, 7) === current; nextDay()) await days.live(today());
    await upkeepHasCaughtUp();
    const figures = { month, ...measure(), startMs: null };
    if (month % 12 === 0) {
      await server.stop();
      server = await start();
      figures.startMs = server.readyMs;
      await days.connectAgain(await linesOf());
    }
    result.months.push(figures);
    tell(figures);
  }
  Object.assign(result, { calls: days.calls, refused: days.refused });
} finally {
  await server.stop();
}
result.seconds = (performance.now() - began) / 1000;
delete result.out;
writeResults(values.out, result);
console.log(
  `${result.calls} calls, ${result.refused} refused, in ${Math.round(result.seconds)} s\nwritten: ${values.out}`,
);

// In UTC: it is the territory's day as well, by day.
function today() {
  return new Date(clock.now).toISOString().slice(0, 10);
}

/** At nine o'clock. */
function nextDay() {
  const day = 24 * 3600;
  const seconds = clock.now / 1000;
  const next = (Math.floor(seconds / day) + 1) * day + 9 * 3600;
  clock.forward(next - seconds);
}

function start() {
  const args = ['--keep-days', values['keep-days'], '--hold-ttl-seconds', '60'];
  return Server.start(dataDir, { args, env: clock.environment });
}

async function open() {
  const admin = await connect(server, makeAdministrator(server));
  const call = (method, params) => admin.call(method, { key: `${method}-${Math.random()}`, ...params });
  await call('territory.import', { document: document(today()) });
  const known = async () => (await admin.call('facility.list', {})).facilities.length > 0;
  while (!(await known())) await pause(20);
  const tokenOf = async (account, rights) => {
    await call('account.create', { account, name: account, ...rights });
    return (await call('token.create', { account, name: 'bench', password })).token;
  };
  tokens = {
    manager: await tokenOf('manager@years', { roles: ['manager'], facilities }),
    worker: await tokenOf('worker@years', { roles: ['worker'], offices }),
  };
  admin.socket.terminate();
  return new Days(await linesOf());
}

async function linesOf() {
  return { manager: await connect(server, tokens.manager), worker: await connect(server, tokens.worker) };
}

/** What has come to its end is erased, and the files are written without it; at most some days ago. */
async function upkeepHasCaughtUp() {
  const twoDays = 2 * 24 * 3600 * 1000;
  const enough = clock.now - twoDays;
  for (const giveUp = Date.now() + 20000; Date.now() < giveUp; await pause(100)) {
    const written = Number(server.redis('hget', '{placette}:store', 'rewrittenAt'));
    if (written > enough && server.redisInfo('aof_rewrite_in_progress') === '0') return;
  }
  console.log('(the upkeep is late)');
}

function measure() {
  const { serverKiB, redisKiB, redisUsedKiB } = server.memory();
  return {
    keys: Number(server.redis('dbsize')),
    bookings: offices.reduce(
      (sum, office) => sum + Number(server.redis('zcard', `{${territory}}:office:${office}`)),
      0,
    ),
    redisUsedKiB,
    redisKiB,
    appendOnlyKiB: Math.round(server.appendOnlyBytes() / 1024),
    serverKiB,
    cellDays: Number(server.redis('zcard', `{${territory}}:days`)),
  };
}

function tell({ month, keys, bookings, redisUsedKiB, appendOnlyKiB, serverKiB, cellDays, startMs }) {
  const mib = (kib) => (kib / 1024).toFixed(1);
  const columns = [
    [month, 5],
    [keys, 9],
    [bookings, 11],
    [mib(redisUsedKiB), 11],
    [mib(appendOnlyKiB), 12],
    [mib(serverKiB), 12],
    [cellDays, 9],
    [startMs === null ? '' : Math.round(startMs), 10],
  ];
  console.log(columns.map(([value, width]) => String(value).padStart(width)).join(''));
}
