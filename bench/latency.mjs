// From a manager's tap to another client's receipt, one tap at a time: node bench/latency.mjs [taps]
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import WebSocket from 'ws';
import placette, { store } from './peers/placette.mjs';
import { quantile } from './statistics.mjs';
import { days, facilityIds, town } from './territories.mjs';

const taps = Number(process.argv[2] ?? 1000);
const warmUp = 50;

/** A signed-in connection; `onMessage` is told of each message. */
async function connect(address, token, onMessage) {
  const socket = new WebSocket(`ws://${address}/ws`, 'placette.v1', {
    headers: { authorization: `Bearer ${token}` },
    perMessageDeflate: false,
  });
  socket.on('message', (data) => [JSON.parse(data)].flat().forEach(onMessage));
  await once(socket, 'open');
  const call = (id, method, params) => socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params }));
  return { socket, call };
}

const { tokens, from } = await store();
const server = await placette.start();
let arrived = () => {};
const manager = await connect(server.address, tokens.writer, ({ error }) => error && console.error(error));
const worker = await connect(server.address, tokens.watcher, () => arrived());
const arrival = () => new Promise((resolve) => (arrived = resolve));

const subscribed = arrival();
worker.call(0, 'board.subscribe', { territory: town.id, from, days });
await subscribed;

const times = [];
for (let n = -warmUp; n < taps; n++) {
  const received = arrival();
  const began = performance.now();
  manager.call(n, 'availability.adjust', {
    facility: facilityIds(town)[0],
    key: randomUUID(),
    cells: [{ date: from, period: 'matin', section: 'moyens', by: n % 2 ? -1 : 1 }],
  });
  await received;
  if (n >= 0) times.push(performance.now() - began);
}
const ms = (share) => quantile(times, share).toFixed(2);
console.log(`tap to receipt over ${taps}: median ${ms(0.5)} ms, p99 ${ms(0.99)} ms, greatest ${ms(1)} ms`);

manager.socket.terminate();
worker.socket.terminate();
await server.stop();
