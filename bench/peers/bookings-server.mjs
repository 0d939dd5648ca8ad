// booking.create and nothing else: JSON-RPC over ws, one function call a booking.
import { createHash, randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { WebSocketServer } from 'ws';
import { holdRequest, tag } from './booking-record.mjs';

const [port, socket, holdFunction] = process.argv.slice(2);
const redis = new Redis({ path: socket, enableAutoPipelining: true });
const server = new WebSocketServer({ host: '127.0.0.1', port: Number(port), perMessageDeflate: false });

const monthsAgo = (months) => {
  const now = new Date();
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months)).toISOString().slice(0, 7);
};

async function create({ key, ...params }) {
  const { facility, places, children, care, purpose, caseRef } = params;
  const fingerprint = createHash('md5')
    .update(`booking.create${JSON.stringify(params)}`)
    .digest('hex');
  const [{ date, period, section }] = places;
  const request = holdRequest({ key, caseRef, id: randomUUID() }, fingerprint, {
    facility,
    place: { date, period, section },
    birthMonth: monthsAgo(children[0].ageMonths),
    care,
    purpose,
  });
  const { problem, ...result } = JSON.parse(await redis.fcall(holdFunction, 1, tag, JSON.stringify(request)));
  return problem ? { error: { code: -32000, message: problem.type, data: problem } } : { result };
}

server.on('connection', (client) => {
  client.on('error', () => {});
  client.on('message', async (data) => {
    const { id, params } = JSON.parse(data);
    client.send(JSON.stringify({ jsonrpc: '2.0', id, ...(await create(params)) }));
  });
});
