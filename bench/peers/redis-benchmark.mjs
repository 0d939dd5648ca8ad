// Bookings without a server: redis-benchmark calling that very function, on a connection for each client. All its calls
// take a place in one cell, opened wider than any import may: redis-benchmark knows no variation but a random number.
import { run } from '../process.mjs';
import { booked, facilityIds, firstDay } from '../territories.mjs';
import { holdRequest, tag } from './booking-record.mjs';
import { between, cpuOf } from './cpu.mjs';
import { placesTaken } from './places-taken.mjs';
import { redisVersion, startRedis } from './redis.mjs';

const warmUpCalls = 5000;
const range = 2000000000;
const anyNumber = '__rand_int__';

const facility = facilityIds(booked)[0];
const cellKey = (date) => `${tag}:cells:${facility}:${date}`;
const cellField = 'matin|moyens';

/** `run` tells a warm-up from what is measured: the random numbers of both may be the same. */
function request(date, run) {
  const one = `${run}-${anyNumber}`;
  const unique = { id: one, key: one, caseRef: one };
  const place = { date, period: 'matin', section: 'moyens' };
  const wanted = { facility, place, birthMonth: '2025-03', care: 'other', purpose: 'job_interview' };
  return JSON.stringify(holdRequest(unique, '0'.repeat(32), wanted));
}

/** The numbers at the end of redis-benchmark's last line; before them stands the call, with commas of its own. */
function readCsv(printed) {
  const numbers = printed.trim().split(',').slice(-7);
  const [perSecond, , , p50, , p99, max] = numbers.map((quoted) => Number(quoted.replaceAll('"', '')));
  return { perSecond, latencyMs: { p50, p99, max } };
}

async function benchmark(redis, request, clients, calls) {
  const printed = await run('redis-benchmark', [
    ...['-s', redis.socket, '-c', `${clients}`, '-P', '1', '-n', `${calls}`, '-r', `${range}`, '--csv'],
    ...['FCALL', redis.holdFunction, '1', tag, request],
  ]);
  return readCsv(printed);
}

export default {
  name: 'redis-benchmark',
  settings: 'the same function and Redis settings, as many clients, one call each in flight, unix socket',
  version: () => `Redis ${redisVersion()}`,
  async measure({ clients, seconds }) {
    const redis = await startRedis();
    const date = firstDay();
    redis.call('HSET', cellKey(date), cellField, '100000000,0,0,0,0,0,0,1,,');
    // It wants a number of calls, not a time: the warm-up says how many make one.
    const warmUp = await benchmark(redis, request(date, 'warm'), clients, warmUpCalls);
    const calls = Math.round(warmUp.perSecond * seconds);
    const before = { cpu: cpuOf(redis.pid), taken: placesTaken(redis.socket) };
    const figures = await benchmark(redis, request(date, 'run'), clients, calls);
    const apart = between(before.cpu, cpuOf(redis.pid));
    const bookings = placesTaken(redis.socket) - before.taken;
    await redis.stop();
    // A random number that comes twice is refused or replayed: a few in a run.
    return { target: 'redis-benchmark', clients, bookings, repeats: calls - bookings, ...figures, apart };
  },
};
