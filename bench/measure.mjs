// One measurement: a server started afresh, placette-load against it, the server stopped.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from './folders.mjs';
import { peers } from './peers/index.mjs';
import { store } from './peers/placette.mjs';
import { placesTaken } from './peers/places-taken.mjs';
import { run } from './process.mjs';
import { load } from './programs.mjs';
import { booked, placesOf, town } from './territories.mjs';

const longestMs = 180000;

const flags = (options) => Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);

/** What only one subcommand, or only Placette, must be told. */
async function particulars({ subcommand }, { peer }, territory) {
  const { from, tokens } = await store();
  if (subcommand === 'book') {
    const places = join(folder(), 'places.json');
    writeFileSync(places, JSON.stringify(placesOf(booked, from)));
    return { token: tokens.booker, territory: booked.id, from, places };
  }
  if (peer !== 'placette') return {};
  const watching = { token: tokens.watcher, territory: territory.id, from };
  return subcommand === 'idle' ? watching : { ...watching, cells: territory.cells, 'writer-token': tokens.writer };
}

async function loadOnce(scenario, target, server, territory) {
  const args = [
    scenario.subcommand,
    ...flags({ target: target.peer, address: server.address }),
    ...flags({ ...scenario.options, ...target.options }),
    ...flags(await particulars(scenario, target, territory)),
    ...server.pids.flatMap((pid) => ['--pid', String(pid)]),
    ...server.apart.flatMap((pid) => ['--apart-pid', String(pid)]),
  ];
  return JSON.parse(await run(load, args, { timeout: longestMs }));
}

/** Several territories loaded at once: each load measured the CPU of all of them; ages are those of the worst. */
function together(results) {
  if (results.length === 1) return results[0];
  const all = (of) => results.map(of);
  const sum = (of) => all(of).reduce((one, other) => one + other, 0);
  const summed = ['watchers', 'changes', 'deliveries', 'frames', 'messages', 'bytes', 'perSecond', 'lost'];
  const mean = (cpu) => ({
    user: sum((result) => result[cpu].user) / results.length,
    system: sum((result) => result[cpu].system) / results.length,
  });
  const oldest = (ages) =>
    Object.fromEntries(['p50', 'p99', 'max'].map((of) => [of, Math.max(...all((result) => result[ages][of]))]));
  return {
    ...results[0],
    ...Object.fromEntries(summed.map((field) => [field, sum((result) => result[field])])),
    cpu: mean('cpu'),
    apart: mean('apart'),
    loadCpu: { user: sum(({ loadCpu }) => loadCpu.user), system: sum(({ loadCpu }) => loadCpu.system) },
    stalenessMs: oldest('stalenessMs'),
    newestMs: oldest('newestMs'),
  };
}

/** Bookings that were answered must be among the places taken; those on their way at the end may be. */
async function accounted(server, book) {
  const before = placesTaken(server.redisSocket);
  const result = await book();
  return { ...result, lost: Math.max(0, result.answered - (placesTaken(server.redisSocket) - before)) };
}

/** What placette-load found for a target in a scenario. */
export async function measure(scenario, target) {
  const peer = peers[target.peer];
  if (peer.measure) return peer.measure({ ...scenario.options, ...target.options });
  const server = await peer.start();
  try {
    const territories = target.territories ?? [town];
    if (scenario.subcommand === 'book') return await accounted(server, () => loadOnce(scenario, target, server, town));
    return together(await Promise.all(territories.map((each) => loadOnce(scenario, target, server, each))));
  } finally {
    await server.stop();
  }
}
