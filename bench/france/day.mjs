// A day's changes of all places of care within minutes, and how old they are when watchers see them.
import { randomUUID } from 'node:crypto';
import { quantile } from '../statistics.mjs';
import { dateOf, days, someCell } from './france.mjs';
import { connect } from './line.mjs';

const tickMs = 5;
const joining = 20;
const settleMs = 2000;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Watchers of boards chosen by chance. Each notes what it is told, and that nothing is missing between. */
export class Watchers {
  lines = [];
  arrivals = [];
  gaps = 0;
  subscribeMs = [];

  static async join(server, token, territories, count) {
    const watchers = new Watchers();
    while (watchers.lines.length < count) {
      const some = Math.min(joining, count - watchers.lines.length);
      const one = () => watchers.joinOne(server, token, territories[Math.floor(Math.random() * territories.length)].id);
      await Promise.all(Array.from({ length: some }, one));
    }
    return watchers;
  }

  async joinOne(server, token, territory) {
    const watcher = { territory };
    watcher.line = await connect(server, token, (delta) => this.told(watcher, delta));
    const began = performance.now();
    const board = await watcher.line.call('board.subscribe', { territory, from: dateOf(0), days });
    this.subscribeMs.push(performance.now() - began);
    watcher.offset = board.offset;
    this.lines.push(watcher);
  }

  told(watcher, { from, offset }) {
    if (offset <= watcher.offset) return;
    if (from > watcher.offset) this.gaps++;
    this.arrivals.push({ watcher, from: watcher.offset, offset, at: performance.now() });
    watcher.offset = offset;
  }

  leave() {
    this.lines.forEach(({ line }) => line.socket.terminate());
  }
}

/** The software of all places of care: each change is `+1` to a cell by chance. */
export class Publishers {
  static async connect(server, integrators) {
    const publishers = new Publishers();
    publishers.lines = await Promise.all(integrators.map(({ token }) => connect(server, token)));
    publishers.all = integrators.flatMap(({ facilities }, n) =>
      facilities.map((facility) => ({ facility, line: publishers.lines[n] })),
    );
    return publishers;
  }

  /** At an even rate, whether or not the answers come; resolves when all have come. */
  async publish(count, perSecond) {
    const sent = new Map(); // by territory and offset: when
    const replies = [];
    const began = performance.now();
    while (replies.length < count) {
      const due = Math.min(count, Math.ceil(((performance.now() - began) * perSecond) / 1000));
      while (replies.length < due) replies.push(this.publishOne(sent));
      await pause(tickMs);
    }
    const answerMs = await Promise.all(replies);
    return { sent, answerMs, seconds: (performance.now() - began) / 1000 };
  }

  async publishOne(sent) {
    const { facility, line } = this.all[Math.floor(Math.random() * this.all.length)];
    const at = performance.now();
    const { cell } = someCell();
    const change = { facility, key: randomUUID(), force: true, cells: [{ ...cell, by: 1 }] };
    const { offset } = await line.call('availability.adjust', change);
    sent.set(`${facility.split('-')[0]}:${offset}`, at);
    return performance.now() - at;
  }

  leave() {
    this.lines.forEach(({ socket }) => socket.terminate());
  }
}

/** So many changes at that rate: how old they are at the watchers, and whose processor time it took. */
export async function changes(server, publishers, watchers, count, perSecond) {
  watchers.arrivals = [];
  const before = { ...server.cpu(), bench: process.cpuUsage() };
  const { sent, answerMs, seconds } = await publishers.publish(count, perSecond);
  const after = server.cpu();
  const bench = process.cpuUsage(before.bench);
  await pause(settleMs);
  const staleness = stalenessOf(watchers.arrivals, sent);
  const share = (ms) => ms / 1000 / seconds;
  return {
    wanted: perSecond,
    perSecond: count / seconds,
    answerMs: spread(answerMs),
    stalenessMs: spread(staleness),
    deliveries: staleness.length,
    gaps: watchers.gaps,
    lost: deliveriesDue(watchers, sent) - staleness.length,
    cores: {
      server: share(after.server - before.server),
      redis: share(after.redis - before.redis),
      bench: share((bench.user + bench.system) / 1000),
    },
    redisUsPerChange: ((after.redis - before.redis) * 1000) / count,
  };
}

function stalenessOf(arrivals, sent) {
  const ages = [];
  for (const { watcher, from, offset, at } of arrivals)
    for (let change = from + 1; change <= offset; change++) {
      const published = sent.get(`${watcher.territory}:${change}`);
      if (published) ages.push(at - published);
    }
  return ages;
}

function deliveriesDue(watchers, sent) {
  const watching = new Map();
  for (const { territory } of watchers.lines) watching.set(territory, (watching.get(territory) ?? 0) + 1);
  let due = 0;
  for (const change of sent.keys()) due += watching.get(change.split(':')[0]) ?? 0;
  return due;
}

export const spread = (times) => ({ p50: quantile(times, 0.5), p99: quantile(times, 0.99), max: quantile(times, 1) });
