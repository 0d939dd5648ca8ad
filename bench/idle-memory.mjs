// Resident memory of a connection that is signed in, subscribed and idle: node bench/idle-memory.mjs [connections]
import { setTimeout as pause } from 'node:timers/promises';
import { connect, openDay, residentKiB, startServer, territory } from './support.mjs';

const connections = Number(process.argv[2] ?? 5000);
const step = 100;
const settleMs = 2000;

const server = await startServer();
const token = server.token('worker@demo');
const board = { territory, from: openDay(1), days: 14 };
const clients = [];

const join = async () => {
  const client = await connect(server, token);
  await client.call('board.subscribe', board);
  clients.push(client);
};

await join(); // the first snapshot is everybody's
await pause(settleMs);
const before = residentKiB(server.pid);
while (clients.length <= connections) await Promise.all(Array.from({ length: step }, join));
await pause(settleMs);
const after = residentKiB(server.pid);

const each = (after - before) / (clients.length - 1);
console.log(
  `${clients.length - 1} idle connections: ${each.toFixed(2)} KiB resident each (${before} KiB → ${after} KiB)`,
);

clients.forEach(({ socket }) => socket.terminate());
await server.stop();
