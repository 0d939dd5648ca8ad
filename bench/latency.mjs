// From a manager's tap to another client's receipt: node bench/latency.mjs [taps]
import { randomUUID } from 'node:crypto';
import { connect, openDay, quantile, startServer, territory } from './support.mjs';

const taps = Number(process.argv[2] ?? 1000);
const warmUp = 50;

const server = await startServer();
let received = () => {};
const manager = await connect(server, server.token('manager@demo'));
const worker = await connect(server, server.token('worker@demo'), (delta) => received(delta));

const facility = 'genlis-lucioles';
const cell = { date: openDay(1), period: 'matin', section: 'moyens' };
await worker.call('board.subscribe', { territory, from: cell.date, days: 14 });

const times = [];
for (let n = -warmUp; n < taps; n++) {
  const arrival = new Promise((resolve) => (received = resolve));
  const began = performance.now();
  const tap = manager.call('availability.adjust', {
    facility,
    key: randomUUID(),
    cells: [{ ...cell, by: n % 2 ? -1 : 1 }],
  });
  await arrival;
  if (n >= 0) times.push(performance.now() - began);
  await tap;
}
times.sort((a, b) => a - b);
const ms = (share) => quantile(times, share).toFixed(2);
console.log(`tap to receipt over ${taps}: median ${ms(0.5)} ms, p99 ${ms(0.99)} ms, greatest ${ms(1)} ms`);

manager.socket.terminate();
worker.socket.terminate();
await server.stop();
