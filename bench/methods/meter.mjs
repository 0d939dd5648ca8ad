// What a call costs: processor time of the server and of its Redis, to the nanosecond, and time at the client.
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../statistics.mjs';

const quietMs = 2;

const sum = (values) => values.reduce((all, value) => all + value, 0);
const spread = (values) => ({ p50: quantile(values, 0.5), p99: quantile(values, 0.99) });

/** Processor time of all threads of a process so far, in ms: the scheduler's account, as clock ticks are too coarse. */
function runtimeOf(pid) {
  const tasks = `/proc/${pid}/task`;
  const nanosecondsOf = (thread) => Number(readFileSync(`${tasks}/${thread}/schedstat`, 'utf8').split(' ')[0]);
  return sum(readdirSync(tasks).map(nanosecondsOf)) / 1e6;
}

export class Meter {
  #processes;
  #rows = new Map();

  constructor({ pids: [server], apart: [redis] }) {
    this.#processes = { server, redis };
  }

  /** `call` of a line, measured: a row for each method, or for each `way` in which a method is called. */
  on(line) {
    let arrived; // before it is parsed
    line.socket.prependListener('message', () => (arrived = performance.now()));
    return async (method, params, way = '') => {
      const before = this.#runtime();
      const sent = performance.now();
      const result = await line.call(method, params);
      const wall = arrived - sent;
      const after = await this.#runtimeWhenQuiet();
      this.#note(method, way, { server: after.server - before.server, redis: after.redis - before.redis, wall });
      return result;
    };
  }

  #note(method, way, cost) {
    const name = `${method} ${way}`;
    if (!this.#rows.has(name)) this.#rows.set(name, { method, way, costs: [] });
    this.#rows.get(name).costs.push(cost);
  }

  #runtime() {
    return { server: runtimeOf(this.#processes.server), redis: runtimeOf(this.#processes.redis) };
  }

  /** A call may have work left when its answer is out: the change comes back by the log. */
  async #runtimeWhenQuiet() {
    for (let last = this.#runtime(); ;) {
      await pause(quietMs);
      const now = this.#runtime();
      if (now.server === last.server && now.redis === last.redis) return now;
      last = now;
    }
  }

  /** The dearest first. */
  results() {
    const rows = [...this.#rows.values()].map(({ method, way, costs }) => {
      const of = (which) => spread(costs.map((cost) => cost[which]));
      return { method, way, calls: costs.length, serverMs: of('server'), redisMs: of('redis'), wallMs: of('wall') };
    });
    return rows.sort((a, b) => b.serverMs.p50 - a.serverMs.p50);
  }
}
